import SyncProtocol

/// Bounds on what an import reads.
enum ImportLimits {
    /// One record with its line breaks.
    static let recordBytesMax = 1024 * 1024
    static let columnsMax = 1000
    /// How much of a record that is beyond repair goes into the reject file.
    static let rejectedRawBytesMax = 4096
    /// One value after mapping.
    static let valueBytesMax = Limits.valueBytesMax
    static let mappingFileBytesMax = 1024 * 1024
    static let mappingFieldsMax = 200
    static let mappingValuesMax = 10_000
    static let templateBytesMax = 4096
    static let templateLinesMax = 50
}
