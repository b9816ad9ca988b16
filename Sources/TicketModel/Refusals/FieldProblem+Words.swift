// The problems that are not about the shape of a value.
extension FieldProblem {
    static func unknownField(_ name: String) -> FieldProblem {
        // A name from outside is repeated only where it cannot be anything but a name.
        FieldProblem(
            Code.isWellFormed(name) ? name : "?", .unknownField,
            sentence: Bilingual("没有这个字段", "there is no such field"),
            hint: Bilingual("字段名用小写英文,见接口说明", "field names are lower-case English; see the interface description"))
    }

    static func notEnterable(_ definition: FieldDefinition) -> FieldProblem {
        FieldProblem(
            definition.name, .notEnterable,
            sentence: Bilingual(
                "「\(definition.label.chinese)」不能在此填写", "\(definition.label.english) cannot be entered here"),
            hint: Bilingual("由系统或其他环节填写", "the system or another step fills it in"))
    }

    static func mandatory(
        _ definition: FieldDefinition, alternatives: [FieldDefinition] = [], source: String? = nil
    ) -> FieldProblem {
        let names = [definition] + alternatives
        let chinese = names.map { "「\($0.label.chinese)」" }.joined(separator: "或")
        let english = names.map(\.name).joined(separator: " or ")
        var hint = Bilingual("请填写\(chinese)", "give \(english)")
        if let list = definition.type.enumeration {
            let codes = list.codes.prefix(40).joined(separator: ", ")
            hint = Bilingual("\(hint.chinese);代码:\(codes)", "\(hint.english); one of: \(codes)")
        }
        return FieldProblem(
            definition.name, .mandatory, source: source,
            sentence: Bilingual("缺少\(chinese)", "\(english) is missing"), hint: hint)
    }

    static func contradiction(
        _ definition: FieldDefinition, _ rule: String, _ sentence: Bilingual, hint: Bilingual
    ) -> FieldProblem {
        FieldProblem(definition.name, .contradiction, source: rule, sentence: sentence, hint: hint)
    }

    static func inFuture(_ definition: FieldDefinition) -> FieldProblem {
        FieldProblem(
            definition.name, .inFuture,
            sentence: Bilingual("「\(definition.label.chinese)」晚于现在", "\(definition.label.english) lies in the future"),
            hint: Bilingual("核对日期;以本机时钟为准", "check the date against this machine's clock"))
    }
}
