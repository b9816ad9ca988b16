import TicketModel

/// Reads working calendars. One text names the calendar, its version and its years; a year stands in it as an object,
/// or, in a file, as a number: then it is the file `<year>.json` beside it.
enum CalendarReader {
    static let area = "calendar"

    /// The calendar in the file at `path`, with all its years.
    static func load(_ path: String) throws(ConfigurationError) -> WorkCalendar {
        try read(try ConfigurationFile.read(path, area: area), file: path, folder: FolderPath.parent(ofFile: path))
    }

    /// The calendar in a JSON text.
    /// - Parameters:
    ///   - file: what errors call it.
    ///   - folder: where the files of years that are only named lie; nil for a text that has to hold all of them.
    static func read(
        _ root: JSONElement, file: String, folder: String? = nil
    ) throws(ConfigurationError) -> WorkCalendar {
        var reading = ReferenceReading()
        let head = head(JSONField(root), &reading)
        guard reading.mistakes.isEmpty, let head else {
            throw ConfigurationError(file: file, area: area, reading.mistakes)
        }
        var years: [CalendarYear] = []
        for field in head.years { years.append(try year(field, of: head.id, file: file, folder: folder)) }
        do {
            return try WorkCalendar(id: head.id, version: head.version, name: head.name, years: years)
        } catch {
            throw ConfigurationError(
                file: file, area: area, code: error.code, Wording(error.sentence), hint: Wording(error.hint))
        }
    }

    private struct Head {
        let id: String
        let version: String
        let name: Bilingual
        let years: [JSONField]
    }

    private static func head(_ field: JSONField, _ reading: inout ReferenceReading) -> Head? {
        guard var fields = ObjectFields(field, &reading.mistakes) else { return nil }
        reading.format(in: &fields)
        let id = reading.code("calendar", in: &fields)
        let version = reading.code("version", in: &fields)
        let name = reading.bilingual("name", in: &fields)
        let years = fields.list("years", countMax: ReferenceLimits.yearsMax, &reading.mistakes)
        fields.finish(&reading.mistakes)
        guard let id, let version, let name, let years else { return nil }
        // Tickets name a calendar by both, in the room of one code.
        guard id.utf8.count + version.utf8.count < Code.bytesMax else {
            reading.mistakes.add(
                "long-name", at: field,
                "the calendar's name and version take more than \(Code.bytesMax - 1) bytes together",
                hint: "choose a shorter name")
            return nil
        }
        return Head(id: id, version: version, name: name, years: years)
    }

    private static func year(
        _ field: JSONField, of calendar: String, file: String, folder: String?
    ) throws(ConfigurationError) -> CalendarYear {
        if field.element.object != nil { return try YearReader.read(field, file: file, calendar: calendar, year: nil) }
        let range = Int64(CalendarYear.yearRange.lowerBound)...Int64(CalendarYear.yearRange.upperBound)
        guard let folder, let year = field.element.integer, range.contains(year) else {
            var mistakes = MistakeList()
            mistakes.add(
                "bad-year", at: field, "this is no year",
                hint: folder == nil
                    ? "write the year with its days, as in the yearly files"
                    : "write a number from \(range.lowerBound) to \(range.upperBound), for example 2026")
            throw ConfigurationError(file: file, area: area, mistakes)
        }
        let path = FolderPath.resolve("\(year).json", from: folder)
        return try YearReader.load(path, calendar: calendar, year: Int(year))
    }
}
