/// The weather of one run, drawn from its seed: each run leaves some faults out and exaggerates others, because even
/// noise everywhere hides what only a rare mixture shows (swarm testing).
public struct CampaignPlan: Sendable {
    public var steps = 220
    /// Of 1: round trips whose request or reply is lost.
    public var loss = 0.0
    /// Of 1: requests that arrive twice, or once more later.
    public var repeats = 0.0
    /// Of 1: round trips after which the line is cut.
    public var cuts = 0.0
    /// Batches of a few items, so that lines are cut in the middle of everything.
    public var smallBatches = true
    public var kills = false
    public var restores = false
    /// The database falls back and the witness does not.
    public var lostTails = false
    public var emptyMachines = false
    public var clones = false
    public var absences = false
    public var clockJumps = false
    /// After a quarter of the run one node lies to its parent. Nothing is restored or copied then: what the others say of
    /// their past needs the agreement of all.
    public var liars = false
    /// Of 1: steps that are work; the rest are round trips and faults.
    public var work = 0.4

    public init() {}

    /// An undisturbed line and no fault at all.
    public static let calm = CampaignPlan()

    /// Good lines and one node that lies.
    public static let lying: CampaignPlan = {
        var plan = CampaignPlan()
        plan.liars = true
        return plan
    }()

    /// Everything at once, as in the toy model.
    public static let storm: CampaignPlan = {
        var plan = CampaignPlan()
        plan.loss = 0.25
        plan.repeats = 0.1
        plan.cuts = 0.1
        plan.kills = true
        plan.restores = true
        plan.lostTails = true
        plan.emptyMachines = true
        plan.clones = true
        plan.absences = true
        plan.clockJumps = true
        return plan
    }()

    /// The plan that a seed draws.
    ///
    /// - Parameter liars: whether a node lies; nil where the seed decides.
    public init(seed: UInt64, liars: Bool? = nil) {
        var random = SeededRandom(seed: seed ^ 0x5eed)
        func flip(_ percent: UInt64) -> Bool { random.next() % 100 < percent }
        loss = flip(30) ? 0 : Double(random.next() % 50) / 100
        repeats = flip(40) ? 0 : Double(random.next() % 50) / 100
        cuts = flip(40) ? 0 : Double(random.next() % 40) / 100
        smallBatches = flip(75)
        kills = flip(60)
        restores = flip(60)
        lostTails = flip(40)
        emptyMachines = flip(20)
        clones = flip(30)
        absences = flip(50)
        clockJumps = flip(30)
        work = 0.2 + Double(random.next() % 50) / 100
        steps = 120 + Int(random.next() % 240)
        self.liars = liars ?? flip(30)
        guard self.liars else { return }
        (restores, lostTails, emptyMachines, clones) = (false, false, false, false)
    }
}
