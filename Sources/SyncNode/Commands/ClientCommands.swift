/// Commands that talk to a running node as its clients do.
enum ClientCommands {
    static let specs: [CommandSpec] =
        [TicketCommands.spec, ImportCommand.spec, ExportCommand.spec] + StatusCommands.specs + ReportCommands.specs + [
            SuperviseCommand.spec
        ]
        + PeopleCommands.specs + [EventsCommand.spec, CodesCommand.spec]
        + [NoticeCommands.spec, TextCommands.spec]
}
