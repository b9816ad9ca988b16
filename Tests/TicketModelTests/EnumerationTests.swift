import Testing

@testable import TicketModel

@Suite struct EnumerationTests {
    /// Model §2.3 and the states of §2.4, written out a second time on purpose.
    static let model: [String: String] = [
        "tier": "branch city province head_office",
        "kind": "complaint help inquiry venting suggestion escalated internal_appeal regulator_referral "
            + "regulator_appeal work_order rework warning supervision",
        "intake_channel":
            "counter lobby account_manager suggestion_box hotline manager_hotline letter fax email website "
            + "mobile_bank net_bank app wechat sms online_service visit regulator_12378 pboc_12363 market_12315 "
            + "gov_12345 consumer_association media head_office_line other",
        "scope": "general provincial national",
        "severity": "ordinary important urgent major",
        "customer_tier": "ordinary vip protected",
        "priority_factor": "importance gravity breadth urgency",
        "priority": "p1 p2 p3 p4",
        "flag": "media court mass systemic injury leak misconduct financial_crime protected_group anonymous repeat "
            + "malicious_suspected imported",
        "nature": "attitude transaction_error product_defect fee_dispute info_security waiting inconsistent_statement "
            + "facility incident misconduct other",
        "cause_class": "service facility_system rule_process marketing disclosure yield choice contract fund_safety "
            + "info_safety other",
        "business_class": "rmb_savings loan card payment rmb_management personal_info other",
        "handling_channel": "site self_service electronic third_party other mid_back",
        "validity": "pending valid unfounded unreasonable_demand malicious",
        "malicious_kind": "fabricated repeated defamation",
        "identity_check": "not_done holder legal_rep proxy heir impersonation",
        "acceptance": "pending accepted not_accepted withdrawn",
        "non_acceptance_reason": "not_our_business not_party no_target_or_facts already_settled elsewhere "
            + "repeat_no_new_fact",
        "extension_reason": "complex very_complex waiting_other_org special",
        "pause_reason": "external_appraisal mediation",
        "consent": "not_needed asked agreed refused",
        "attitude": "accepted understood rejected unreachable",
        "satisfaction": "very_satisfied satisfied neutral dissatisfied no_answer",
        "outcome": "solved explained misunderstanding compensated rejected_with_reason settled_mediation unresolvable "
            + "withdrawn merged",
        "appeal_conclusion": "enterprise_responsible properly_handled_before filing_withdrawn customer_cause",
        "regulator_response": "in_progress closed_explanation closed_monetary closed_non_monetary closed wrong_company "
            + "duplicate redirected sent_to_regulator",
        "stage": "intake review transit handle feedback_check reply follow_up report_up",
        "alert_colour": "blue yellow orange red",
        "link": "child_of rework_of appeal_of duplicate_of same_event same_person new_problem_from cross_province_pair "
            + "different_matter",
        "contact_kind": "ack transfer_notice progress interim_reply final_reply extension_notice "
            + "non_acceptance_notice follow_up side_channel",
        "role":
            "clerk branch_officer branch_head city_handler dispatcher dept_handler dept_head assist_handler replier "
            + "follow_up_agent prov_supervisor ho_dispatcher ho_auditor ho_supervisor liaison approver archivist analyst "
            + "privacy_officer auditor sysadmin",
        "state": "draft registered under_review dispatched handling suspended feedback_review ready_to_reply replied "
            + "rework closing closed archived not_accepted withdrawn merged",
    ]

    @Test func `every list of the domain model is here with exactly its values`() {
        for (name, codes) in Self.model {
            let list = Enumeration.named(name)
            #expect(list?.codes == codes.split(separator: " ").map(String.init), "\(name)")
        }
    }

    @Test func `every value has a label in both languages`() {
        for list in Enumeration.all {
            for entry in list.entries {
                #expect(!entry.label.chinese.isEmpty && !entry.label.english.isEmpty, "\(list.name) \(entry.code)")
            }
        }
        #expect(Set(Enumeration.all.map(\.name)).count == Enumeration.all.count)
    }

    @Test func `every list behind a field is in the catalogue`() {
        for field in FieldTable.all {
            guard let list = field.type.enumeration else { continue }
            #expect(Enumeration.named(list.name) === list, "\(field.name)")
        }
    }

    @Test func `a code of a newer version is shown as itself and cannot be entered`() {
        #expect(Enumeration.state.label(of: "sleeping").text(.chinese) == "sleeping")
        #expect(!Enumeration.state.accepts("sleeping"))
        #expect(Enumeration.state.position(of: "sleeping") == nil)
        #expect(Enumeration.state.label(of: "handling") == Bilingual("处理中", "handling"))
    }

    @Test func `a bank may add codes to its code books and to nothing else`() {
        #expect(Enumeration.symptom.accepts("queue_machine_broken"))
        #expect(!Enumeration.symptom.accepts("Queue Machine"))
        #expect(!Enumeration.severity.accepts("dreadful"))
        #expect(
            Enumeration.all.filter(\.isOpen).map(\.name) == [
                "cause_class", "business_class", "handling_channel", "symptom", "finding",
            ])
    }

    @Test func `states and roles of the rules are those of the lists`() {
        #expect(TicketState.allCases.map(\.rawValue) == Enumeration.state.codes)
        #expect(Role.allCases.map(\.rawValue) == Enumeration.role.codes)
        #expect(AmountBand.allCases.map(\.rawValue) == Enumeration.amountBand.codes)
        #expect((1...4).map(Priority.code) == Enumeration.priority.codes)
    }

    @Test(arguments: ["", "A", "a b", "_a", "-a", "中", "a,b", "a@b", String(repeating: "a", count: 49)])
    func `what is no code is refused as one`(_ text: String) {
        #expect(!Code.isWellFormed(text))
    }

    @Test func `equal sets are equal bytes`() {
        #expect(CodeSet.joined(["urgency", "breadth", "urgency"]) == "breadth,urgency")
        #expect(CodeSet.members(" breadth, ,urgency ,") == ["breadth", "urgency"])
        #expect(CodeSet.joined([]) == "")
    }

    @Test(
        arguments: [
            ([], "ordinary", 4), (["breadth"], "ordinary", 3), ([], "important", 3),
            (["breadth", "urgency"], "ordinary", 2),
            ([], "urgent", 2), (["gravity"], "ordinary", 1), ([], "major", 1), (["later"], "later", 3),
        ] as [([String], String, Int)])
    func `priority follows from factors and severity`(_ factors: [String], _ severity: String, _ expected: Int) {
        #expect(Priority.compute(factors: factors, severity: severity) == expected)
    }

    @Test(
        arguments: [
            (-1, AmountBand.none), (0, .none), (1, .under1k), (99_999, .under1k), (100_000, .under10k),
            (999_999, .under10k),
            (1_000_000, .under50k), (4_999_999, .under50k), (5_000_000, .under500k), (49_999_999, .under500k),
            (50_000_000, .from500k), (.max, .from500k),
        ] as [(Int64, AmountBand)])
    func `the band's lower end belongs to it`(_ fen: Int64, _ band: AmountBand) {
        #expect(AmountBand(fen: fen) == band)
    }
}
