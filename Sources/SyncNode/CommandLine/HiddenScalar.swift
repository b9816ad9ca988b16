extension Unicode.Scalar {
    /// True for what commands a terminal, hides itself or turns the reading direction: control characters of both sets,
    /// marks of direction (CVE-2021-42574), line and paragraph separators, blanks without width, tags.
    ///
    /// Such a scalar is never shown as it is: on a terminal and in a page it becomes `�`, in JSON its escape.
    var isHidden: Bool {
        switch value {
        case 0...0x1F, 0x7F...0x9F, 0x61C, 0x200B, 0x200E, 0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF,
            0xFFF9...0xFFFB, 0xE0000...0xE007F:
            true
        default: false
        }
    }
}
