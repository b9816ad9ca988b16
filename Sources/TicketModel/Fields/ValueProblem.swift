/// What is wrong with one value, before it is known whose value it is.
struct ValueProblem: Error {
    let rule: FieldRule
    let sentence: Bilingual
    let hint: Bilingual

    init(_ rule: FieldRule, _ sentence: Bilingual, _ hint: Bilingual) {
        self.rule = rule
        self.sentence = sentence
        self.hint = hint
    }

    static func notInList(_ list: Enumeration) -> ValueProblem {
        let codes = list.codes.prefix(40).joined(separator: ", ")
        return ValueProblem(
            .notInList, Bilingual("不在「\(list.label.chinese)」代码表内", "is not in the list \(list.name)"),
            Bilingual("可用代码:\(codes)", "one of: \(codes)"))
    }

    static let notACode = ValueProblem(
        .notACode, Bilingual("不是合法代码", "is not a well-formed code"),
        Bilingual("小写字母、数字、_ - . ,至多 48 字节", "lower-case letters, digits, _ - . , at most 48 bytes"))

    static let notANumber = ValueProblem(
        .notANumber, Bilingual("不是整数", "is not a whole number"), Bilingual("只填数字", "digits only"))

    static func outOfRange(_ range: ClosedRange<Int64>) -> ValueProblem {
        let span = "\(range.lowerBound)…\(range.upperBound)"
        return ValueProblem(
            .outOfRange, Bilingual("超出范围", "is out of range"), Bilingual("范围 \(span)", "within \(span)"))
    }

    static let notAnInstant = ValueProblem(
        .notAnInstant, Bilingual("不是时间", "is not a time"),
        Bilingual(
            "如 2026-03-01 09:30,未注明时区按北京时间", "for example 2026-03-01T09:30+08:00; without offset it is China's time"))

    static let notADate = ValueProblem(
        .notADate, Bilingual("不是日期", "is not a date"), Bilingual("如 2026-03-01", "for example 2026-03-01"))

    static let notAnAmount = ValueProblem(
        .notAnAmount, Bilingual("不是金额", "is not an amount"),
        Bilingual("人民币元,至多两位小数,如 2000.50", "yuan with at most two decimals, for example 2000.50"))

    static let notAFlag = ValueProblem(
        .notAFlag, Bilingual("不是「是/否」", "is not yes or no"), Bilingual("填 true 或 false", "true or false"))

    static let notANode = ValueProblem(
        .notANode, Bilingual("不是节点名称", "is not a node's name"),
        Bilingual("小写字母、数字、连字符,至多 32 字节", "lower-case letters, digits, hyphens, at most 32 bytes"))

    static let notAnOrg = ValueProblem(
        .notAnOrg, Bilingual("不是机构代码", "is not a unit's code"),
        Bilingual("2 至 16 位字母数字", "2 to 16 letters and digits"))

    static let notAPost = ValueProblem(
        .notAPost, Bilingual("不是岗位代码", "is not a post's code"),
        Bilingual(
            "岗位用代码,不写姓名:字母、数字、. _ - ,至多 48 字节", "a post's code, never a name: letters, digits, . _ - , at most 48 bytes"
        ))

    static func notALink(_ list: Enumeration) -> ValueProblem {
        let kinds = list.codes.joined(separator: ", ")
        return ValueProblem(
            .notALink, Bilingual("不是本节点某一工单的关联", "is not a link to a ticket that is here"),
            Bilingual(
                "写作 same_event@工单编号;关联种类:\(kinds)",
                "write same_event@NUMBER with the number of the other ticket; kinds: \(kinds)"))
    }

    static let notADocument = ValueProblem(
        .notALink, Bilingual("不是本节点某一工单的编号", "is not the number of a ticket that is here"),
        Bilingual("核对工单编号;在他处登记的,等待同步", "check the number; if it was registered elsewhere, wait for it to arrive"))

    static let notATicketNumber = ValueProblem(
        .notANumberOfATicket, Bilingual("不是工单编号", "is not a ticket number"), TicketNumberError.wrongShape.hint)

    static let notAPhone = ValueProblem(
        .notAPhone, Bilingual("不是电话号码", "is not a telephone number"),
        Bilingual(
            "5 至 20 位数字,可加 + ( ) - 空格 * 与分机(转、分机、ext);其他说明写入备注",
            "5 to 20 digits with + ( ) - blanks, * for what is hidden, and ext for an extension; put words into a note")
    )

    static let notAToken = ValueProblem(
        .notAToken, Bilingual("不是人员标识", "is not a person's token"),
        Bilingual("由本节点生成,不手工填写", "the node makes it; leave it out"))

    static let notAnEntryKey = ValueProblem(
        .notACode, Bilingual("不是系统生成的编号", "is no key that a node made"),
        Bilingual("照抄工单上的编号,如 branch-0101.1772328600000", "copy it from the ticket, like branch-0101.1772328600000"))

    static let longNumber = ValueProblem(
        .longNumber, Bilingual("含有 7 位以上的数字", "holds a number of seven digits or more"),
        Bilingual("代码中不写电话、账号、证件号;此类内容写入备注", "no telephone, account or identity number in a code; put it into a note"))

    static let unknownPost = ValueProblem(
        .unknownPost, Bilingual("不是登记册中的岗位", "is no post of the register"),
        Bilingual("用 people 命令查岗位;登记册未到时只能填写本岗位", "people lists the posts; without a register only your own"))

    static let unknownDepartment = ValueProblem(
        .unknownDepartment, Bilingual("不是登记册中该单位的部门", "is no department of that unit in the register"),
        Bilingual("用 people 命令查部门;登记册未到时不填部门", "people lists the departments; without a register name none"))

    static let unknownOrg = ValueProblem(
        .unknownOrg, Bilingual("不是本行机构", "is no unit of the bank"),
        Bilingual("填写拓扑文件中的机构代码", "give the code of a unit in the topology file"))

    static let unknownNode = ValueProblem(
        .unknownNode, Bilingual("不是本行节点", "is no node of the bank"),
        Bilingual("填写拓扑文件中的节点名称", "give the name of a node in the topology file"))

    static let notADigest = ValueProblem(
        .notADigest, Bilingual("不是 SHA-256 哈希值", "is no SHA-256"),
        Bilingual("64 位十六进制,由 sha256sum 文件名 得出", "64 hexadecimal digits, as sha256sum FILE prints them"))

    static let lineBreak = ValueProblem(
        .lineBreak, Bilingual("含有换行", "holds a line break"),
        Bilingual("写成一行;其余写入备注", "write it on one line; put the rest into a note"))

    static let notAnEmail = ValueProblem(
        .notAnEmail, Bilingual("不是邮箱地址", "is not an e-mail address"),
        Bilingual("如 name@example.cn;一处只填一个", "one address like name@example.cn"))

    static let notAnIdentityNumber = ValueProblem(
        .notAnIdentityNumber, Bilingual("校验码不符,疑有抄写错误", "has a wrong check character: some digit was mistyped"),
        Bilingual("对照身份证逐位核对(GB 11643)", "compare it with the card, digit by digit (GB 11643)"))

    static let notAnEntry = ValueProblem(
        .notACode, Bilingual("不是合法的记录项", "is not a well-formed entry"),
        Bilingual("由各环节写入,不手工填写", "acts write it; leave it out"))

    static let notAUnit = ValueProblem(
        .notANode, Bilingual("不是单位代码", "is not a unit"),
        Bilingual("节点名称,或 节点/部门", "a node's name, or node/department"))

    static func tooLong(_ bytesMax: Int) -> ValueProblem {
        ValueProblem(
            .tooLong, Bilingual("内容过长", "is too long"),
            Bilingual("至多 \(bytesMax) 字节,其余写入备注", "at most \(bytesMax) bytes; put the rest into notes"))
    }

    static let tooMany = ValueProblem(
        .tooMany, Bilingual("项数过多", "has too many members"),
        Bilingual("至多 \(CodeSet.membersMax) 项", "at most \(CodeSet.membersMax) members"))

    static let controlCharacter = ValueProblem(
        .controlCharacter, Bilingual("含有不可见控制字符", "contains control characters"),
        Bilingual("去掉控制字符后重填", "remove them and try again"))

    static let blank = ValueProblem(
        .blank, Bilingual("内容为空", "is blank"), Bilingual("填写内容,或不填此项", "write something, or leave the field out"))

    static let credential = ValueProblem(
        .credential,
        Bilingual("疑似含密码、验证码等鉴别信息,不得录入", "seems to contain a password or code; such data is never recorded"),
        Bilingual("删去密码、CVV、验证码后重填(C3 类信息)", "remove passwords, CVV and one-time codes (class C3)"))
}
