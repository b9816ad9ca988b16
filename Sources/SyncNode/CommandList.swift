import SyncProtocol
import TicketStore

/// The one list of commands. Help, parser and tests walk it, so a command that is not here does not exist.
extension CommandTable {
    static let syncNode = CommandTable(
        program: "syncnode",
        summary: Wording(
            "银行三级投诉工单系统节点(网点、省中心、总行)", "A node of a bank's complaint tickets: branch, province or head office"),
        commands: [DemoCommand.spec, InitCommand.spec, RunCommand.spec] + ClientCommands.specs + OperatorCommands.specs
            + ItselfCommands.specs
            + [ReferenceCommands.spec, TopologyCommand.spec, RequirementsCommand.spec],
        version: { ["syncnode \(ProgramVersion.text)", "protocol \(Frame.version)", "SQLite \(sqliteVersion)"] })
}
