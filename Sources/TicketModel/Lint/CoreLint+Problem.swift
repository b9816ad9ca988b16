import SyncProtocol

extension CoreLint {
    /// Where a record holds what it may not, and why. Never the value.
    public struct Problem: Hashable, Sendable, CustomStringConvertible {
        /// A place in a core record.
        public enum Place: Hashable, Sendable {
            /// The post of the act.
            case post
            case field(FieldID)
            /// The stable name of an operation: `seize`, `unknown_27`.
            case operation(String)
        }

        /// Raw values are the stable codes.
        public enum Reason: String, Sendable, CaseIterable {
            /// Not of the shape that the place has, or with a run of digits like a telephone number.
            case shape
            /// The field travels in another part.
            case otherPart = "other_part"
            /// The field merges otherwise than the operation says.
            case otherMerge = "other_merge"
            /// The operation belongs on another kind of document.
            case misplaced
            /// Unknown to this program and neither a number nor like a code.
            case unknownShape = "unknown_shape"
        }

        public let place: Place
        public let reason: Reason

        init(_ place: Place, _ reason: Reason) {
            self.place = place
            self.reason = reason
        }

        /// The field that is wrong; nil where the problem lies elsewhere.
        public var field: FieldID? {
            if case .field(let field) = place { field } else { nil }
        }

        /// `field_12: shape`, `post: shape`, `seize: shape`.
        public var description: String {
            switch place {
            case .post: "post: \(reason.rawValue)"
            case .field(let field): "field_\(field.rawValue): \(reason.rawValue)"
            case .operation(let name): "\(name): \(reason.rawValue)"
            }
        }
    }
}
