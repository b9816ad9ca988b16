import SyncProtocol
import Testing

@testable import TicketModel

/// The table of fields against the domain model, written out here a second time on purpose.
@Suite struct FieldTableTests {
    /// Every field of model §2.2; composite ones under the names of their parts.
    static let modelFields = """
        id ticket_no kind parent_id links origin_org home_org event_org custody_org intake_channel intake_form \
        received_at recorded_at registered_at first_contact_person first_contact_org recorder \
        what who_involved when_happened where_happened cause_told course demand demand_words amount_involved amount_band \
        symptom business_class nature cause_class handling_channel scope severity customer_tier priority_factors priority \
        flags formality purpose_explicit waiting_minutes queue_ahead complainant_id proxy_id target_person \
        target_person_token identity_check contact_verified_at recording_id signature_id validity acceptance \
        non_acceptance_reason promised_reply_at next_reply_at policy_pack policy_version calendar_version \
        state round_no reopen_count bounce_count lead_leg assist_legs solution explanation_text_id solution_consent \
        reply_medium replied_at replied_by remedy_info_given attitude followup_due followup_at satisfaction \
        responsibility responsible_org responsible_stage outcome remedy compensation compensation_band \
        corrective_action closed_by closed_at close_approver retention_until legal_hold \
        confidential_request confidential_words
        """.split(separator: " ").map(String.init)

    /// Model §2.2a, row by row.
    static let travels: [(fields: String, part: Part, merge: MergeKind)] = [
        (
            "ticket_no origin_org home_org event_org intake_channel intake_form received_at recorded_at registered_at "
                + "recorder formality purpose_explicit waiting_minutes queue_ahead target_person_token",
            .core, .once
        ),
        (
            "kind scope severity customer_tier priority_factors flags symptom business_class nature cause_class "
                + "handling_channel validity acceptance non_acceptance_reason identity_check contact_verified_at "
                + "first_contact_person first_contact_org state round_no reopen_count bounce_count lead_leg assist_legs "
                + "promised_reply_at next_reply_at policy_pack policy_version calendar_version solution_consent "
                + "reply_medium replied_at replied_by remedy_info_given attitude followup_due followup_at satisfaction "
                + "responsibility responsible_org responsible_stage outcome remedy closed_by closed_at close_approver "
                + "retention_until legal_hold explanation_text_id compensation_band",
            .core, .custodian
        ),
        ("id priority custody_org", .core, .computed),
        ("links parent_id corrective_action notices_sent urges supervision_orders", .core, .grow),
        ("amount_band demand confidential_request", .core, .free),
        ("amount_involved", .casework, .free),
        ("compensation reviewed_synopsis solution recording_id signature_id", .casework, .custodian),
        ("leg_results evidence_list", .casework, .grow),
        (
            "what who_involved when_happened where_happened cause_told course demand_words complainant_id "
                + "complainant_name complainant_phone complainant_id_number complainant_account complainant_address "
                + "proxy_id proxy_name proxy_phone confidential_words",
            .personal, .free
        ),
        ("note leg_text promise_words evidence", .personal, .grow),
        ("target_person", .personal, .once),
    ]

    @Test func `every field of the domain model is in the table`() {
        let missing = Self.modelFields.filter { FieldTable.definition(named: $0) == nil }
        #expect(missing.isEmpty)
    }

    @Test func `every field travels and merges as the domain model says`() {
        for row in Self.travels {
            for name in row.fields.split(separator: " ") {
                let definition = FieldTable.definition(named: String(name))
                #expect(definition?.part == row.part, "\(name)")
                #expect(definition?.merge == row.merge, "\(name)")
            }
        }
    }

    @Test func `no core field can hold words`() {
        for field in FieldTable.all where field.part == .core {
            switch field.type {
            case .text, .line, .email, .identityNumber:
                Issue.record("\(field.name) could carry words to head office")
            default: continue
            }
        }
    }

    @Test func `everything about a person is personal`() {
        for field in FieldTable.all where field.name.hasPrefix("complainant_") || field.name.hasPrefix("proxy_") {
            #expect(field.part == .personal, "\(field.name)")
        }
    }

    @Test func `numbers and names are unique and found again`() {
        #expect(Set(FieldTable.all.map(\.id)).count == FieldTable.all.count)
        #expect(Set(FieldTable.all.map(\.name)).count == FieldTable.all.count)
        for field in FieldTable.all {
            #expect(FieldTable.definition(field.id)?.name == field.name)
            #expect(FieldTable.definition(named: field.name)?.id == field.id)
        }
    }

    @Test func `a number or name from a newer version is unknown and no accident`() {
        #expect(FieldTable.definition(FieldID(rawValue: 0)) == nil)
        #expect(FieldTable.definition(FieldID(rawValue: 79)) == nil)
        #expect(FieldTable.definition(FieldID(rawValue: .max)) == nil)
        #expect(FieldTable.definition(named: "") == nil)
    }

    @Test func `numbers tell the part`() {
        for field in FieldTable.all {
            let part: Part? =
                switch field.id.rawValue {
                case 1..<100, 200..<232, 240..<304, 310..<400: .core
                case 100..<120: .casework
                case 120..<200: .personal
                default: nil
                }
            #expect(field.part == part, "\(field.name)")
        }
    }

    @Test func `names are codes and labels are there`() {
        for field in FieldTable.all {
            #expect(Code.isWellFormed(field.name))
            #expect(!field.label.chinese.isEmpty && !field.label.english.isEmpty)
            #expect(field.label.chinese != field.label.english)
        }
    }

    @Test func `defaults are values of their fields`() throws {
        for field in FieldTable.all {
            guard let text = field.defaultText else { continue }
            _ = try field.value(from: text)
            #expect(field.mandatoryAtRegistration, "\(field.name) has a default that nothing writes")
        }
    }

    @Test func `the largest registration fits into the limits of its parts`() {
        for part in [Part.casework, .personal] {
            let sum = Registration.enterable.filter { $0.part == part }.reduce(0) { $0 + $1.type.bytesMax + 16 }
            #expect(sum < Limits.bodyBytesMax / 2, "\(part)")
        }
        let core = FieldTable.all.filter { $0.part == .core }
        #expect(core.reduce(0) { $0 + $1.type.bytesMax + 16 } < Limits.coreRecordBytesMax / 2)
        for part in Part.allCases {
            #expect(FieldTable.all.count { $0.part == part } < Limits.operationsPerPartMax)
        }
        #expect(FieldTable.all.allSatisfy { $0.type.bytesMax <= Limits.valueBytesMax })
    }

    @Test func `a computed field has no source but computation`() {
        for field in FieldTable.all where field.merge == .computed { #expect(field.source == .computed) }
        for field in FieldTable.all where field.merge == .grow { #expect(field.required == .never) }
    }

    @Test func `the numbers on the wire never change`() {
        let now = FieldTable.all.map { "\($0.id.rawValue) \($0.name)" }
        #expect(now == Self.pinned.split(separator: "\n").map(String.init))
    }
}
