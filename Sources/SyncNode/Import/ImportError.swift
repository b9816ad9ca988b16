import Platform

/// Why an import cannot go on. A single bad row is no such reason: it goes to the reject file.
struct ImportError: ExplainedError, ReportableError, Hashable {
    enum Reason: Hashable, Sendable {
        case fileMissing
        case fileForbidden
        case fileUnreadable(errno: Int32)
        case compressed
        case damagedArchive
        case utf16
        case noHeader
        case badHeader(CSVFault)
        case duplicateColumn(position: Int, earlier: Int)
        case unnamedColumn(position: Int)
        case rejectFileExists
        case noRows
        case unwritable(errno: Int32)
    }

    let reason: Reason
    /// The file as the person named it.
    let file: String

    var code: String {
        switch reason {
        case .fileMissing: "import.file-missing"
        case .fileForbidden: "import.file-forbidden"
        case .fileUnreadable: "import.file-unreadable"
        case .compressed: "import.compressed"
        case .damagedArchive: "import.damaged-archive"
        case .utf16: "import.utf16"
        case .noHeader: "import.no-header"
        case .badHeader: "import.bad-header"
        case .duplicateColumn: "import.duplicate-column"
        case .unnamedColumn: "import.unnamed-column"
        case .rejectFileExists: "import.reject-file-exists"
        case .noRows: "import.no-rows"
        case .unwritable: "import.unwritable"
        }
    }

    var sentence: String { "\(DisplayText.safe(file)): \(what)" }

    var reports: [ErrorReport] {
        [ErrorReport(code, place: "\(DisplayText.safe(file)):", english: what, hint: hint)]
    }

    private var what: String {
        switch reason {
        case .fileMissing: "there is no such file"
        case .fileForbidden: "this user may not open the file"
        case .fileUnreadable(let errno): "the file cannot be read (errno \(errno))"
        case .compressed: "the file is compressed with gzip"
        case .damagedArchive: "the compressed file is damaged or cut short"
        case .utf16: "the file is UTF-16, not UTF-8"
        case .noHeader: "the file has no first line with the names of the columns"
        case .badHeader(let fault):
            "the first line, with the names of the columns, cannot be read: "
                + ErrorWords.both(ErrorWords.rejects[fault.rawValue], fault.sentence)
        case .duplicateColumn(let position, let earlier): "columns \(earlier) and \(position) have one name"
        case .unnamedColumn(let position): "column \(position) has no name"
        case .rejectFileExists: "the file holds other rejected rows, which nobody may have looked at"
        case .noRows: "the file has a first line and no row"
        case .unwritable(let errno): "the file cannot be written (errno \(errno))"
        }
    }

    var hint: String {
        switch reason {
        case .fileMissing: "check the name"
        case .fileForbidden: "run as a user with the right to it"
        case .fileUnreadable: "check the disk and the name; - reads standard input"
        case .compressed: "run: gunzip -c FILE | syncnode import - (with the other flags)"
        case .damagedArchive: "fetch the file again and compare its size"
        case .utf16: "save it as UTF-8, or run: iconv -f UTF-16 -t UTF-8 FILE"
        case .noHeader: "write the names of the columns into the first line"
        case .badHeader: "mend the first line"
        case .duplicateColumn, .unnamedColumn: "give each column a name of its own"
        case .rejectFileExists: "move it away, or name another file; rows that are registered are not registered again"
        case .noRows: "check that this is the file you mean"
        case .unwritable: "check free space and rights of the folder"
        }
    }
}
