import SyncProtocol

/// Reads the JSON of a topology field by field. What the nodes mean together is `TopologyCheck`'s business.
struct TopologyReader {
    private(set) var mistakes = MistakeList()

    /// The bank's name and the nodes, as far as they can be read.
    mutating func read(_ root: JSONElement) -> (bank: Wording?, draft: TopologyDraft?) {
        guard var fields = ObjectFields(JSONField(root), &mistakes) else { return (nil, nil) }
        readVersion(&fields)
        let bank = wording("bank", in: &fields)
        let nodesField = fields.required("nodes", &mistakes)
        fields.finish(&mistakes)
        guard let nodesField, let items = nodesField.list(countMax: TopologyLimits.nodesMax, &mistakes) else {
            return (bank, nil)
        }
        let nodes = items.compactMap { node($0) }
        // Without all nodes, what the rest mean together would be guesswork.
        guard nodes.count == items.count else { return (bank, nil) }
        return (bank, TopologyDraft(nodesPath: nodesField.path, nodesPlace: nodesField.element.place, nodes: nodes))
    }

    private mutating func readVersion(_ fields: inout ObjectFields) {
        guard let field = fields.required("version", &mistakes), field.element.integer != 1 else { return }
        mistakes.add(
            "unknown-version", at: field, "this program reads version 1 of the file", hint: "write \"version\": 1")
    }

    private mutating func node(_ field: JSONField) -> TopologyDraft.Node? {
        guard var fields = ObjectFields(field, &mistakes) else { return nil }
        let node = TopologyDraft.Node(
            path: field.path, place: field.element.place,
            id: id(in: &fields),
            tier: role(in: &fields),
            parent: parent(in: &fields),
            name: wording("name", in: &fields),
            orgCode: orgCode(in: &fields),
            listen: listen(in: &fields),
            dataFolder: dataFolder(in: &fields),
            notices: fields.optional("notices").flatMap { NoticeSettings($0, &mistakes) })
        fields.finish(&mistakes)
        return node
    }

    private mutating func id(in fields: inout ObjectFields) -> TopologyDraft.Located<String>? {
        guard let field = fields.required("id", &mistakes), let text = shortText(field) else { return nil }
        if NodeID(text) == nil {
            mistakes.add(
                "bad-id", at: field, "\(quoted(text)) is no node id",
                hint: "use 1 to \(Limits.nodeIDBytesMax) lower-case letters, digits and hyphens, no hyphen first")
        }
        return TopologyDraft.Located(value: text, path: field.path, place: field.element.place)
    }

    private mutating func role(in fields: inout ObjectFields) -> TopologyDraft.Located<Tier>? {
        guard let field = fields.required("role", &mistakes), let text = shortText(field) else { return nil }
        guard let tier = Tier(roleName: text) else {
            let roles = Tier.allCases.reversed().map(\.roleName)
            mistakes.add(
                "unknown-role", at: field, "there is no role \(quoted(text))",
                hint: Suggestion.hint(for: text, among: roles) ?? "roles are \(roles.joined(separator: ", "))")
            return nil
        }
        return TopologyDraft.Located(value: tier, path: field.path, place: field.element.place)
    }

    private mutating func parent(in fields: inout ObjectFields) -> TopologyDraft.Located<String>? {
        guard let field = fields.optional("parent"), let text = shortText(field) else { return nil }
        return TopologyDraft.Located(value: text, path: field.path, place: field.element.place)
    }

    private mutating func orgCode(in fields: inout ObjectFields) -> TopologyDraft.Located<String>? {
        guard let field = fields.required("orgCode", &mistakes), let text = shortText(field) else { return nil }
        let isGood = text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) }
        guard isGood, (2...TopologyLimits.orgCodeBytesMax).contains(text.utf8.count) else {
            mistakes.add(
                "bad-org-code", at: field, "\(quoted(text)) is no organisation code",
                hint: "use 2 to \(TopologyLimits.orgCodeBytesMax) digits and upper-case letters")
            return nil
        }
        return TopologyDraft.Located(value: text, path: field.path, place: field.element.place)
    }

    private mutating func listen(
        in fields: inout ObjectFields
    ) -> EachListener<TopologyDraft.Located<ListenAddress>?>? {
        guard let field = fields.required("listen", &mistakes) else { return nil }
        guard field.element.string == nil else {
            let example = zip(NodeListener.allCases, [7100, 7200, 7300])
                .map { "\"\($0.rawValue)\": \"127.0.0.1:\($1)\"" }
            mistakes.add(
                "one-address", at: field, "a node listens at three addresses, so that a flood of one leaves the others",
                hint: "write \"listen\": {\(example.joined(separator: ", "))}")
            return nil
        }
        guard var members = ObjectFields(field, &mistakes) else { return nil }
        let addresses = EachListener { address(of: $0, in: &members) }
        members.finish(&mistakes)
        return addresses
    }

    private mutating func address(
        of listener: NodeListener, in fields: inout ObjectFields
    ) -> TopologyDraft.Located<ListenAddress>? {
        guard let field = fields.required(listener.rawValue, &mistakes), let text = shortText(field) else { return nil }
        do {
            return TopologyDraft.Located(
                value: try ListenAddress(text), path: field.path, place: field.element.place)
        } catch {
            explain(error, text, field)
            return nil
        }
    }

    private mutating func explain(_ mistake: ListenAddress.Mistake, _ text: String, _ field: JSONField) {
        switch mistake {
        case .malformed:
            mistakes.add(
                "bad-address", at: field, "\(quoted(text)) is no address", hint: "write it like 127.0.0.1:7100")
        case .hostName:
            mistakes.add(
                "bad-address", at: field, "\(quoted(text)) names a host; names are not looked up",
                hint: "write the number, for example 127.0.0.1:7100")
        case .notLoopback:
            mistakes.add(
                "address-not-loopback", at: field,
                "\(quoted(text)) can be reached from other machines, and plain HTTP is not encrypted",
                hint: "listen on 127.0.0.1 or [::1]")
        case .portOutOfRange:
            mistakes.add(
                "port-out-of-range", at: field, "\(quoted(text)) has no valid port", hint: "use a port from 1 to 65535")
        }
    }

    private mutating func dataFolder(in fields: inout ObjectFields) -> TopologyDraft.Located<String>? {
        guard let field = fields.required("dataFolder", &mistakes),
            let text = field.text(bytesMax: TopologyLimits.dataFolderBytesMax, &mistakes)
        else { return nil }
        guard !text.isEmpty, !text.contains("\0"), FolderPath.normalise(text) != "/" else {
            mistakes.add(
                "bad-folder", at: field, "this is no folder for a node's data",
                hint: "write a folder of its own, for example data/branch-0101")
            return nil
        }
        return TopologyDraft.Located(value: text, path: field.path, place: field.element.place)
    }

    private mutating func wording(_ key: String, in fields: inout ObjectFields) -> Wording? {
        guard var names = fields.object(key, &mistakes) else { return nil }
        let zh = name("zh", in: &names)
        let en = name("en", in: &names)
        names.finish(&mistakes)
        guard let zh, let en else { return nil }
        return Wording(zh, en)
    }

    private mutating func name(_ key: String, in fields: inout ObjectFields) -> String? {
        guard let field = fields.required(key, &mistakes),
            let text = field.text(bytesMax: TopologyLimits.nameBytesMax, &mistakes)
        else { return nil }
        guard !text.isEmpty, DisplayText.safe(text) == text else {
            mistakes.add(
                "bad-name", at: field, "the name is empty or holds control characters", hint: "write a plain name")
            return nil
        }
        return text
    }

    private mutating func shortText(_ field: JSONField) -> String? {
        field.text(bytesMax: TopologyLimits.addressBytesMax, &mistakes)
    }

    private func quoted(_ text: String) -> String { "\"\(DisplayText.safe(text))\"" }
}
