import TicketModel

/// Writes a calendar with all its years as one JSON text: what head office publishes to every node.
enum CalendarWriter {
    static func json(_ calendar: WorkCalendar) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("format", 1)
            writer.member("calendar", calendar.id)
            writer.member("version", calendar.version)
            writer.named("name") { write(calendar.name, to: &$0) }
            writer.named("years") { writer in
                writer.array { writer in
                    for year in calendar.years { write(year, of: calendar.id, to: &writer) }
                }
            }
        }
        return writer.bytes
    }

    private static func write(_ year: CalendarYear, of calendar: String, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("format", 1)
            writer.member("calendar", calendar)
            writer.member("year", year.year)
            writer.named("source") { writer in
                writer.object { writer in
                    writer.member("zh", year.source.chinese)
                    writer.member("en", year.source.english)
                    writer.member("url", year.sourceURL)
                }
            }
            writer.named("off") { writer in
                writer.array { writer in
                    for holiday in year.holidays { write(holiday, to: &writer) }
                }
            }
            writer.member("working", texts: year.movedWorkingDays.map(\.text))
        }
    }

    private static func write(_ holiday: CalendarYear.Holiday, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("from", holiday.first.text)
            writer.member("to", holiday.last.text)
            writer.member("zh", holiday.name.chinese)
            writer.member("en", holiday.name.english)
        }
    }

    private static func write(_ text: Bilingual, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("zh", text.chinese)
            writer.member("en", text.english)
        }
    }
}
