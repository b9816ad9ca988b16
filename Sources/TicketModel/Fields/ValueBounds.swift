import SyncProtocol

extension FieldTable {
    /// A number as it can be counted with. A peer may have written any 64 bits into a field; brought into the field's
    /// range, no difference and no sum of a few of them overflows.
    public static func bounded(_ number: Int64, _ field: FieldID) -> Int64 {
        let range: ClosedRange<Int64> =
            switch definition(field)?.type {
            case .integer(let range)?: range
            case .flag?: 0...1
            case .money?: 0...FieldType.moneyMax
            default: 0...CivilTime.instantMax
            }
        return min(max(number, range.lowerBound), range.upperBound)
    }

    static func bounded(_ value: Value, _ field: FieldID) -> Value {
        if case .integer(let number) = value { .integer(bounded(number, field)) } else { value }
    }
}

extension FieldState {
    /// The shown number of a field, within its range; nil where there is none.
    public func integer(_ field: FieldID) -> Int64? {
        if case .integer(let number)? = value(field) { FieldTable.bounded(number, field) } else { nil }
    }
}
