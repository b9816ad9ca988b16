import Testing

/// Stories with real processes of the real program: killed, restored, cloned and starved as on bad days.
///
/// One at a time, because each has processes of its own; the machine may be busy, so the limit is wide.
@Suite("Live", .serialized, .timeLimit(.minutes(10)))
enum Live {}
