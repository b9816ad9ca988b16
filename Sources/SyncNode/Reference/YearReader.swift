import TicketModel

/// Reads one year of a working calendar. Its own words must name the calendar, and the year that it is read for.
enum YearReader {
    static func load(_ path: String, calendar: String, year: Int?) throws(ConfigurationError) -> CalendarYear {
        let root = try ConfigurationFile.read(path, area: CalendarReader.area)
        return try read(JSONField(root), file: path, calendar: calendar, year: year)
    }

    static func read(
        _ field: JSONField, file: String, calendar: String, year wanted: Int?
    ) throws(ConfigurationError) -> CalendarYear {
        var reading = ReferenceReading()
        let draft = draft(field, calendar, wanted, &reading)
        guard reading.mistakes.isEmpty, let draft else {
            throw ConfigurationError(file: file, area: CalendarReader.area, reading.mistakes)
        }
        do {
            return try CalendarYear(
                year: draft.year, holidays: draft.holidays.map(\.value), movedWorkingDays: draft.moved.map(\.value),
                source: draft.source, sourceURL: draft.url)
        } catch {
            throw ConfigurationError(
                file: file, area: CalendarReader.area, code: error.code,
                place: draft.place(of: error) ?? field.element.place, Wording(error.sentence),
                hint: Wording(error.hint))
        }
    }

    /// A year's parts and where they stand in the file.
    private struct Draft {
        let year: Int
        let source: Bilingual
        let url: String
        var holidays: [(value: CalendarYear.Holiday, place: JSONPlace)] = []
        var moved: [(value: CivilTime.Date, place: JSONPlace)] = []

        /// Where the date that a mistake names was written last: of a doubled one that is the second.
        func place(of mistake: CalendarMistake) -> JSONPlace? {
            switch mistake {
            case .outsideYear(let date), .doubled(let date), .reversed(let date), .notMoved(let date):
                moved.last { $0.value == date }?.place
                    ?? holidays.last { $0.value.first <= date && date <= max($0.value.first, $0.value.last) }?.place
            case .yearOutOfRange, .emptyYear, .doubledYear, .badIdentifier: nil
            }
        }
    }

    private static func draft(
        _ field: JSONField, _ calendar: String, _ wanted: Int?, _ reading: inout ReferenceReading
    ) -> Draft? {
        guard var fields = ObjectFields(field, &reading.mistakes) else { return nil }
        reading.format(in: &fields)
        let year = owner(in: &fields, calendar, wanted, &reading)
        let source = source(in: &fields, &reading)
        let off = fields.list("off", countMax: ReferenceLimits.holidaysMax, &reading.mistakes)
        let working = fields.list("working", countMax: ReferenceLimits.holidaysMax, &reading.mistakes)
        fields.finish(&reading.mistakes)
        guard let year, let source, let off, let working else { return nil }
        var draft = Draft(year: year, source: source.paper, url: source.url)
        for item in off {
            if let holiday = holiday(item, &reading) { draft.holidays.append((holiday, item.element.place)) }
        }
        for item in working {
            if let date = reading.date(item) { draft.moved.append((date, item.element.place)) }
        }
        return draft
    }

    private static func owner(
        in fields: inout ObjectFields, _ calendar: String, _ wanted: Int?, _ reading: inout ReferenceReading
    ) -> Int? {
        if let field = fields.required("calendar", &reading.mistakes), field.element.string != calendar {
            reading.mistakes.add(
                "other-calendar", at: field, "this is a year of another calendar",
                hint: "write \"\(calendar)\", or take the right file")
        }
        guard let field = fields.required("year", &reading.mistakes) else { return nil }
        guard let year = field.element.integer, let year = Int(exactly: year), CalendarYear.yearRange.contains(year)
        else {
            reading.mistakes.add("bad-year", at: field, "this is no year", hint: "write it like 2026")
            return nil
        }
        if let wanted, wanted != year {
            reading.mistakes.add(
                "other-year", at: field, "this file is of another year", hint: "write \(wanted), or take the right file"
            )
        }
        return year
    }

    /// The paper and where it was seen: a year without a source is hearsay.
    private static func source(
        in fields: inout ObjectFields, _ reading: inout ReferenceReading
    ) -> (paper: Bilingual, url: String)? {
        guard var source = fields.object("source", &reading.mistakes) else { return nil }
        let chinese = reading.plainText("zh", in: &source)
        let english = reading.plainText("en", in: &source)
        let url = reading.plainText("url", in: &source)
        source.finish(&reading.mistakes)
        guard let chinese, let english, let url else { return nil }
        return (Bilingual(chinese, english), url)
    }

    private static func holiday(_ field: JSONField, _ reading: inout ReferenceReading) -> CalendarYear.Holiday? {
        guard var fields = ObjectFields(field, &reading.mistakes) else { return nil }
        let first = reading.date("from", in: &fields)
        let last = reading.date("to", in: &fields)
        let chinese = reading.plainText("zh", in: &fields)
        let english = reading.plainText("en", in: &fields)
        fields.finish(&reading.mistakes)
        guard let first, let last, let chinese, let english else { return nil }
        return CalendarYear.Holiday(name: Bilingual(chinese, english), first: first, last: last)
    }
}
