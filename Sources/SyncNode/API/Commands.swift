import HTTPTransport
import Platform
import SyncProtocol
import TicketModel
import TicketStore

/// Carries commands out: hands them to the store's writer and answers from there, so that many share one commit.
enum Commands {
    /// A command on a ticket that exists.
    static func run(_ command: TicketCommand, _ call: APICall, _ reply: APIReply, ifVersion: String?) throws {
        let reference = try call.ticket()
        let who = try RequestActor(call)
        let repetition = try Repetition(call)
        guard who.role == nil || AlertOwnership.isAsked(command) else {
            let actor = try who.actor(for: command, on: .unborn, at: call.runtime)
            execute(TicketRequest(command, reference, actor, ifVersion, repetition), call, reply)
            return
        }
        // Which role usually does this depends on the ticket: read it first, where reading may block.
        let isTaken = call.services.workers.submit {
            do {
                let view = try TicketReading.view(reference, call)
                let actor = try who.actor(for: command, on: view, at: call.runtime)
                try AlertOwnership.check(command, view, by: actor, call)
                execute(TicketRequest(command, reference, actor, ifVersion, repetition), call, reply)
            } catch {
                reply.fail(error)
            }
        }
        guard isTaken else { throw APIProblem.busy }
    }

    private static func execute(_ request: TicketRequest, _ call: APICall, _ reply: APIReply) {
        call.store.execute(request) { result in
            switch result {
            case .success(let receipt): reply.respond(answer(200, receipt))
            case .failure(let error): fail(error, request, call, reply)
            }
        }
    }

    /// Who may not open the ticket is told what he would be told if he tried to, whatever the rules found first: an act is no way
    /// to learn whether a ticket is there.
    private static func fail(_ error: any Error, _ request: TicketRequest, _ call: APICall, _ reply: APIReply) {
        guard let reference = request.ticket else { return reply.fail(error) }
        let isTaken = call.services.workers.submit {
            do {
                let reader = TicketReading(request.actor, call)
                reply.fail(reader.refusal(of: try TicketReading.view(reference, call)) ?? error)
            } catch {
                reply.fail(error)
            }
        }
        if !isTaken { reply.fail(APIProblem.busy) }
    }

    /// A new ticket: 201, or 200 for a repetition of one that was registered before.
    ///
    /// - Parameter digest: what a repetition is told by, where that is not the registration itself.
    static func register(
        _ registration: Registration, _ call: APICall, _ reply: APIReply, digest asked: Digest? = nil
    ) throws {
        let command = TicketCommand.register(registration)
        let actor = try RequestActor(call).actor(for: command, on: .unborn, at: call.runtime)
        let listed = try call.header("X-Post") == nil ? ListedTickets(actor, call) : ListedTickets(call)
        let request = TicketRequest(
            command: command, ticket: nil, actor: actor,
            idempotencyKey: try Repetition.key(call), digest: asked ?? digest(registration, actor))
        call.store.execute(request) { result in
            switch result {
            case .success(let receipt):
                register(receipt, listed, call, reply)
            case .failure(let error): reply.fail(error)
            }
        }
    }

    /// Answers on a worker: of the similar tickets those are named that the post may open, which takes reading.
    private static func register(
        _ receipt: TicketReceipt, _ listed: ListedTickets, _ call: APICall, _ reply: APIReply
    ) {
        guard !receipt.similar.isEmpty else { return reply.respond(registered(receipt)) }
        let isTaken = call.services.workers.submit {
            do {
                var receipt = receipt
                receipt.similar = try receipt.similar.filter { try listed.contains(.document($0.row.document)) }
                reply.respond(registered(receipt))
            } catch {
                reply.fail(error)
            }
        }
        if !isTaken {
            // It is registered: that is what matters; the form asks for similar ones anyway.
            var receipt = receipt
            receipt.similar = []
            reply.respond(registered(receipt))
        }
    }

    private static func registered(_ receipt: TicketReceipt) -> HTTPResponse {
        var response = answer(receipt.isRepeated ? 200 : 201, receipt)
        response.headers["Location"] = "/api/v1/tickets/\(receipt.number)"
        return response
    }

    private static func answer(_ status: Int, _ receipt: TicketReceipt) -> HTTPResponse {
        var response = HTTPResponse.json(status) { $0.value(receipt) }
        response.headers["ETag"] = EntityTag(version: receipt.version.description).header
        return response
    }

    /// Over what the request means, not over how it was written: blanks and the order of members do not count.
    private static func digest(_ registration: Registration, _ actor: Actor) -> Digest {
        var writer = JSONWriter()
        writer.array { writer in
            writer.value("register")
            writer.value(actor.post)
            writer.value(actor.role)
            writer.value(actor.onBehalfOf ?? "")
            writer.value(registration.targetPersonToken ?? "")
            for (name, text) in registration.fields.sorted(by: { $0.key < $1.key }) {
                writer.value(name)
                writer.value(text)
            }
        }
        return SHA256.digest(writer.bytes)
    }
}

extension JSONWriter {
    mutating func value(_ receipt: TicketReceipt) {
        object { writer in
            writer.member("number", receipt.number)
            writer.member("document", receipt.document.description)
            writer.member("version", receipt.version.description)
            writer.member("act", receipt.act.name)
            writer.member("act_label", Wording(receipt.act.label))
            writer.member("dot", orNull: receipt.dot?.description)
            writer.member("acknowledgement", AcknowledgementLevel.here.code)
            writer.member("repeated", receipt.isRepeated)
            writer.member("similar", array: { writer in for similar in receipt.similar { writer.value(similar) } })
            writer.member(notes: receipt.notes)
        }
    }
}

extension JSONWriter {
    mutating func member(notes: [EntryNote]) {
        member(
            "notes",
            array: { writer in
                for note in notes {
                    writer.object { writer in
                        writer.member("detail", Wording(note.sentence))
                        writer.member("hint", Wording(note.hint))
                    }
                }
            })
    }
}

extension AcknowledgementLevel {
    /// `L1`, `L2`, `L3`.
    var code: String { "L\(rawValue)" }

    var label: Wording {
        switch self {
        case .here: Wording("本节点已保存", "saved at this node")
        case .parent: Wording("上级已持有", "held by the node above")
        case .headOffice: Wording("总行已持有核心记录", "head office holds the core record")
        }
    }
}
