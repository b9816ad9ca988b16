import SyncProtocol

/// How far an import came, kept in a file beside it, so that an interrupted one goes on where it stopped.
///
/// It is saved after rows are acknowledged, never before. Rows done after the last save are sent again with the same
/// idempotency keys, so nothing is lost and nothing recorded twice.
struct ImportProgress: Hashable, Sendable {
    let fingerprint: ImportFingerprint
    /// Digest of the mapping file.
    let mapping: Digest
    /// Rows that need not be looked at again: all up to this number.
    var rowsDone = 0
    var acceptedCount = 0
    var rejectedCount = 0
    /// Rows that belong to other units than the one that this import is for.
    var elsewhereCount = 0
    /// Which unit the import is for, `*` for all; nil where it is not known.
    var binding: String?
    /// Size of the reject file at this moment; whatever is behind was written after the last save.
    var rejectFileBytes: Int64 = 0
    var isComplete = false

    init(fingerprint: ImportFingerprint, mapping: Digest) {
        self.fingerprint = fingerprint
        self.mapping = mapping
    }

    /// Takes note of a row that is acknowledged or in the reject file. Rows come in order.
    mutating func note(_ row: ImportRow) {
        precondition(row.number == rowsDone + 1, "rows are done in order")
        rowsDone = row.number
        switch row.outcome {
        case .fields: acceptedCount += 1
        case .rejected: rejectedCount += 1
        case .elsewhere: elsewhereCount += 1
        }
    }

    /// Ties the progress to one destination: rows that are done at one node are not done at another.
    mutating func bind(to binding: String?, file: String) throws(ImportError) {
        guard let binding else { return }
        guard self.binding == nil || self.binding == binding else {
            throw ImportError(reason: .otherDestination, file: file)
        }
        self.binding = binding
    }

    /// Checks that this progress was made with the same file and the same mapping.
    func check(_ fingerprint: ImportFingerprint, mapping: Digest, file: String) throws(ImportError) {
        guard fingerprint == self.fingerprint else { throw ImportError(reason: .otherFile, file: file) }
        guard mapping == self.mapping else { throw ImportError(reason: .otherMapping, file: file) }
    }
}

// MARK: - As a file

extension ImportProgress {
    static let area = "progress"

    /// The text of the progress file.
    var encoded: [UInt8] {
        var writer = JSONWriter(layout: .pretty)
        writer.object { writer in
            writer.member("version", 1)
            if let byteCount = fingerprint.byteCount { writer.member("fileBytes", byteCount) }
            writer.member("fileHead", Hex.encode(fingerprint.head.bytes))
            writer.member("mapping", Hex.encode(mapping.bytes))
            writer.member("rowsDone", rowsDone)
            writer.member("accepted", acceptedCount)
            writer.member("rejected", rejectedCount)
            writer.member("elsewhere", elsewhereCount)
            if let binding { writer.member("unit", binding) }
            writer.member("rejectFileBytes", rejectFileBytes)
            writer.member("complete", isComplete)
        }
        return writer.bytes + [0x0A]
    }

    /// The progress kept in the file at `path`; nil where there is none.
    static func load(_ path: String) throws(ConfigurationError) -> ImportProgress? {
        let bytes: [UInt8]
        do {
            bytes = try ConfigurationFile.bytes(path, area: area, bytesMax: ImportLimits.progressFileBytesMax)
        } catch {
            guard error.mistakes[0].code == "file-missing" else { throw error }
            return nil
        }
        return try parse(bytes, file: path)
    }

    static func parse(_ bytes: [UInt8], file: String) throws(ConfigurationError) -> ImportProgress {
        let root: JSONElement
        do {
            root = try JSONReader.parse(bytes)
        } catch {
            throw ConfigurationError(file: file, area: area, error)
        }
        var mistakes = MistakeList()
        let progress = read(root, &mistakes)
        guard mistakes.isEmpty, let progress else { throw ConfigurationError(file: file, area: area, mistakes) }
        return progress
    }

    private static func read(_ root: JSONElement, _ mistakes: inout MistakeList) -> ImportProgress? {
        guard var fields = ObjectFields(JSONField(root), &mistakes) else { return nil }
        _ = count("version", of: &fields, 1...1, &mistakes)
        let byteCount = fields.optionalInteger("fileBytes", in: 0...Int64.max, &mistakes)
        let head = digest("fileHead", of: &fields, &mistakes)
        let mapping = digest("mapping", of: &fields, &mistakes)
        let rows = count("rowsDone", of: &fields, 0...(Int64(1) << 40), &mistakes)
        let accepted = count("accepted", of: &fields, 0...(Int64(1) << 40), &mistakes)
        let rejected = count("rejected", of: &fields, 0...(Int64(1) << 40), &mistakes)
        let rejectBytes = count("rejectFileBytes", of: &fields, 0...(Int64(1) << 50), &mistakes)
        let elsewhere = fields.optionalInteger("elsewhere", in: 0...(Int64(1) << 40), &mistakes)
        let binding = fields.optionalText("unit", bytesMax: 64, &mistakes)
        let isComplete = fields.optionalFlag("complete", &mistakes)
        fields.finish(&mistakes)
        guard let head, let mapping else { return nil }
        var progress = ImportProgress(
            fingerprint: ImportFingerprint(byteCount: byteCount, head: head), mapping: mapping)
        progress.rowsDone = Int(rows)
        progress.acceptedCount = Int(accepted)
        progress.rejectedCount = Int(rejected)
        progress.elsewhereCount = Int(elsewhere ?? 0)
        progress.binding = binding
        progress.rejectFileBytes = rejectBytes
        progress.isComplete = isComplete ?? false
        return progress
    }

    private static func count(
        _ name: String, of fields: inout ObjectFields, _ range: ClosedRange<Int64>, _ mistakes: inout MistakeList
    ) -> Int64 {
        guard fields.required(name, &mistakes) != nil else { return 0 }
        return fields.optionalInteger(name, in: range, &mistakes) ?? 0
    }

    private static func digest(
        _ name: String, of fields: inout ObjectFields, _ mistakes: inout MistakeList
    ) -> Digest? {
        guard let field = fields.required(name, &mistakes),
            let text = field.text(bytesMax: 2 * Digest.byteCount, &mistakes)
        else { return nil }
        guard let digest = Digest(hex: text) else {
            mistakes.add(
                "bad-digest", at: field, "this is no digest", hint: "remove the file and start the import anew")
            return nil
        }
        return digest
    }
}

extension Digest {
    /// The inverse of `description`; nil for anything else.
    init?(hex text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 2 * Digest.byteCount, let a = Hex.decode(bytes[0..<16]),
            let b = Hex.decode(bytes[16..<32]),
            let c = Hex.decode(bytes[32..<48]), let d = Hex.decode(bytes[48..<64])
        else { return nil }
        self.init(words: (a, b, c, d))
    }
}
