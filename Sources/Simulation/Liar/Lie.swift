/// One thing that a lying node says. The campaign counts each, so that a generator that never says one is seen.
enum Lie: String, CaseIterable, Sendable {
    // Acts on tickets: its own, those of others, invented ones.
    case involveSelf, involveOther, involveUnderClaim, widen, widenWithEntry
    case createOtherHome, createAgain, publish
    case offerToSelf, acceptOwnOffer, acceptOfOther, seize, decline, recall, rule, void, voidOfVoid
    case assignWithoutClaim, assignUnderClaim, write, correctClock, unknownOperation, reservedSpace

    // Records of nodes.
    case suspend, adopt, lost, lostOfOthers, withheld, settle

    // Births.
    case birthOfHeadOffice, birthOfParent, birthOfSibling, birthOfForeignLine, birthInCircle, birthOfOtherTier
    case birthThatLosesMuch, secondLife

    // Names of acts.
    case actOfOther, actBeforeItsBirth, dependencyBeyondEnd, dependencyInvented, floodOfWaiting, twoContents
    case gapInChain

    // Words where codes belong.
    case wordsInCode, wordsInPost, wordsInUnknownField, wordsInUnknownOperation, wordsInPublished

    // Parts of a message.
    case verdict, headOfficeHolds, receipt, confirmed, tail, fingerprint, question, reply, tokens, hello
    case wrongBody, forbiddenBody, bodiesOfOthers, looseActs
}
