import SyncProtocol

/// All ticket fields as one static table.
public enum FieldTable {
    /// Every field, ordered by number.
    public static let all: [FieldDefinition] =
        (coreOnce + coreClassification + coreCourse + coreGrowing + casework
        + personalWords + personalParties + workflowRegulated + workflowGrowing + assist + clocks + clockFacts
        + notices).sorted {
            $0.id < $1.id
        }

    /// The fields without which no ticket is registered.
    public static let mandatory: [FieldDefinition] = all.filter(\.mandatoryAtRegistration)

    /// Highest number that this version knows.
    public static let idMax: UInt16 = all[all.count - 1].id.rawValue

    /// The field with a number; nil for one from a newer version.
    public static func definition(_ id: FieldID) -> FieldDefinition? {
        guard id.rawValue <= idMax else { return nil }
        let position = positionByID[Int(id.rawValue)]
        return position < 0 ? nil : all[position]
    }

    /// The field with a name; nil for an unknown name.
    public static func definition(named name: String) -> FieldDefinition? { positionByName[name].map { all[$0] } }

    /// The field that the source names by constant: it exists.
    static func known(_ id: FieldID) -> FieldDefinition {
        guard let definition = definition(id) else { preconditionFailure("field \(id.rawValue) is not in the table") }
        return definition
    }

    private static let positionByID: [Int] = {
        var positions = [Int](repeating: -1, count: Int(idMax) + 1)
        for (index, definition) in all.enumerated() {
            let slot = Int(definition.id.rawValue)
            precondition(positions[slot] < 0, "two fields have one number")
            positions[slot] = index
        }
        return positions
    }()

    private static let positionByName: [String: Int] = {
        var positions: [String: Int] = [:]
        for (index, definition) in all.enumerated() {
            precondition(positions[definition.name] == nil, "two fields have one name")
            positions[definition.name] = index
        }
        return positions
    }()

    /// One line of the table.
    static func field(
        _ id: FieldID, _ name: String, _ chinese: String, _ english: String, _ part: Part, _ merge: MergeKind,
        _ type: FieldType, _ source: FieldSource = .person, _ required: RequiredFrom = .never,
        default text: String? = nil
    ) -> FieldDefinition {
        FieldDefinition(
            id: id, name: name, label: Bilingual(chinese, english), part: part, merge: merge, type: type,
            source: source, required: required, defaultText: text)
    }
}
