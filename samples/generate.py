#!/usr/bin/env python3
"""Writes complaints.zh.csv: complaints that this project invented, for demonstrations and tests.

No person, branch, telephone number or event in it is real. The same run always writes the same bytes: the only source of
chance is the small generator below, begun at a fixed number.

    python3 samples/generate.py            writes samples/complaints.zh.csv
    python3 samples/generate.py --check    compares it with the file and fails where they differ
"""

import csv
import io
import pathlib
import sys

TARGET = pathlib.Path(__file__).with_name("complaints.zh.csv")

COLUMNS = [
    "序号", "登记机构", "归属机构", "事发机构", "投诉种类", "受理渠道", "投诉形式", "受理时间", "业务类别", "投诉现象",
    "投诉性质", "投诉级别", "严重程度", "客户级别", "标记", "客户诉求", "诉求原话", "涉及金额", "何事", "何人", "何时", "何地",
    "原委", "经过", "等候分钟", "签字件编号", "投诉人姓名", "投诉人电话", "被投诉人", "暗记", "数据性质",
]

HEAD_OFFICE = "000000"
PROVINCES = {"010000": "江东省", "020000": "云岭省"}
BRANCHES = {
    "010101": "临江市解放路支行", "010102": "临江市高新区支行", "010103": "青石县支行",
    "020101": "望山市人民路支行", "020102": "望山市火车站支行", "020103": "茶马县支行",
}

# Given names that nobody bears: each says that the person does not exist.
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏"
GIVEN_NAMES = ["样例", "虚构", "示范", "测试", "演练", "假设", "范本", "模拟", "杜撰", "无名", "某人", "拟名"]

# (symptom, business, nature, demands, what, cause, course, words of the demand, severity, has an amount)
SCENARIOS = [
    ("机具吞钞", "银行卡", "设施设备", ["更正处理", "赔偿损失"],
     "在{place}的{machine}存款{yuan}元，机器收下现金后提示故障，账户余额没有增加",
     "机器点钞后卡住，屏幕显示暂停服务，没有打印凭条",
     "客户当即按求助键，等了{minutes}分钟才有人来，工作人员说要等轧账后才能处理",
     "请尽快把{yuan}元存入我的账户", "重要", True),
    ("机具吞卡", "银行卡", "设施设备", ["办理业务", "解释说明"],
     "取款后{machine}没有退回银行卡，柜台要求三个工作日以后再来取卡",
     "客户说退卡时只转身接了一个电话，卡就被收回去了",
     "客户在{place}等了{minutes}分钟，大堂经理说钥匙不在网点",
     "希望当天把卡还给我", "一般(轻微)", False),
    ("等候时间过长", "人民币储蓄", "等候时间", ["改进服务", "解释说明"],
     "办理存折补登等了{minutes}分钟，七个窗口只开了两个",
     "当天是发养老金的日子，前面有三十多人排队",
     "客户两次询问能否加开窗口，得到的答复都是“人手不够”",
     "请在发养老金的日子多开窗口", "一般(轻微)", False),
    ("态度生硬或冷漠", "人民币储蓄", "服务态度", ["赔礼道歉"],
     "{place}{counter}的柜员在客户询问利率时说“自己看墙上”，全程没有抬头",
     "客户没有带老花镜，看不清墙上的利率牌",
     "客户要求叫负责人，柜员说负责人不在，后来发现负责人就在二楼",
     "要求当事柜员当面道歉", "一般(轻微)", False),
    ("收费不清", "银行卡", "收费争议", ["退还费用", "解释说明"],
     "账户每季度被扣账户管理费，累计{yuan}元，开户时没有人说明",
     "客户对账时才发现，短信提醒里只写“扣费”二字",
     "客户致电客服，第一次说可以退，第二次说系统不支持",
     "退还已扣的{yuan}元并停止扣费", "一般(轻微)", True),
    ("错误收费", "贷款", "收费争议", ["退还费用", "更正处理"],
     "提前还清房贷后仍被扣一期利息{yuan}元",
     "还款日当天系统没有更新结清状态",
     "客户到{place}出示结清证明，工作人员让他等下个月自动退回，至今没有到账",
     "马上退还多扣的{yuan}元", "重要", True),
    ("转账未到账", "支付结算", "业务差错", ["更正处理", "解释说明"],
     "通过手机银行转账{yuan}元给供货商，显示成功但对方两天没有收到",
     "收款户名中有一个生僻字，系统清算时挂账",
     "客户先后打了四次电话，每次都被告知“请耐心等待”",
     "请查清{yuan}元在哪里并尽快到账", "紧急", True),
    ("非本人交易", "银行卡", "信息安全", ["赔偿损失", "更正处理"],
     "凌晨收到三条消费短信，共{yuan}元，卡一直在身上，从未给别人使用",
     "客户怀疑上个月在外地刷卡时信息被复制",
     "客户立即挂失并报警，{place}让客户自己与商户联系",
     "先行赔付{yuan}元损失", "紧急", True),
    ("卡或账户受限", "银行卡", "口径不一致", ["解释说明", "办理业务"],
     "工资卡突然只能收不能付，无法给孩子交学费{yuan}元",
     "网点说是总行模型自动限制，客服说是网点操作",
     "客户带着工资流水来了三趟，每次要求补的材料都不一样",
     "一次说清楚要什么材料，并恢复使用", "重要", True),
    ("误导销售", "人民币储蓄", "违规违纪", ["赔偿损失", "追究责任"],
     "到期取定期存款时才知道{yuan}元买的是十年期保险",
     "客户当时七十二岁，客户经理说“利息更高的存款”",
     "客户要求退保，被告知要损失一成多的本金",
     "全额退回{yuan}元本金和利息", "紧急", True),
    ("收益低于承诺", "其他", "产品缺陷", ["解释说明", "赔偿损失"],
     "理财产品到期收益只有宣传页的三分之一，差{yuan}元",
     "宣传页把业绩比较基准印得很大，风险提示印在背面",
     "客户经理说市场不好，没有出示过风险揭示书",
     "补足差额{yuan}元或给出书面说明", "重要", True),
    ("利率或利息争议", "贷款", "口径不一致", ["更正处理", "解释说明"],
     "房贷利率调整后每月反而多还{yuan}元，客户经理当时承诺会下降",
     "合同约定的重定价日与客户理解的不同",
     "客户三次要求打印还款明细，两次被告知系统维护",
     "按承诺的利率重新计算", "重要", True),
    ("还款与贷后管理", "贷款", "业务差错", ["更正处理", "赔礼道歉"],
     "贷款当天已还款{yuan}元，仍被记为逾期并收到催收短信",
     "扣款账户的余额足够，批量扣款时漏扣",
     "客户提供了转账回单，网点说要等上级修改记录",
     "更正逾期记录并书面道歉", "紧急", True),
    ("催收方式", "贷款", "服务态度", ["赔礼道歉", "追究责任"],
     "催收人员一天打了十一个电话，还打给客户单位的同事",
     "客户的信用卡只逾期两天，金额{yuan}元",
     "客户说明会在当晚还款，对方仍然说要上门",
     "停止骚扰并处理当事人", "紧急", True),
    ("个人信息泄露", "个人金融信息", "信息安全", ["追究责任", "解释说明"],
     "刚在{place}咨询贷款，半小时后就接到三家中介电话，能说出客户的姓名和贷款金额{yuan}元",
     "客户只在该网点留过这个手机号",
     "客户要求调取当天的录像，网点说要公安机关来函",
     "查清是谁把信息给了别人", "紧急", True),
    ("现金差错", "人民币管理", "业务差错", ["更正处理"],
     "取款{yuan}元，回家清点发现少了两百元",
     "客户年纪大，没有在柜台当面点清",
     "客户当天返回{place}，柜员说离柜概不负责",
     "查看录像，补足差额", "一般(轻微)", True),
    ("开户或销户受阻", "人民币储蓄", "口径不一致", ["办理业务"],
     "销户时被要求先注销手机银行，而手机银行又要求到柜台办理",
     "预留手机号已停用多年",
     "客户在{counter}和大堂之间走了{minutes}分钟，最后没有办成",
     "一次办好销户，取出余额{yuan}元", "一般(轻微)", True),
    ("征信记录异议", "贷款", "信息安全", ["更正处理"],
     "征信报告里出现一笔从未申请过的贷款{yuan}元",
     "身份证曾在八年前遗失，已登报声明",
     "客户提出异议申请二十五天，没有收到任何答复",
     "删除错误记录并出具证明", "紧急", True),
    ("设施或公示缺失", "其他", "设施设备", ["改进服务"],
     "{place}门口的坡道被共享单车堵住，轮椅进不去",
     "无障碍通道的求助电话没有人接",
     "客户的母亲在门外等了{minutes}分钟，由路人帮忙抬上台阶",
     "保持坡道畅通，求助电话有人接", "一般(轻微)", False),
    ("系统故障或中断", "支付结算", "设施设备", ["解释说明", "赔偿损失"],
     "收款码从上午十点起无法使用，店里排队的顾客都走了，损失约{yuan}元",
     "网点没有任何公告，客服说“正在修复”",
     "客户下午两点到{place}询问，工作人员才知道有故障",
     "说明原因并补偿损失", "重要", True),
]

ESCALATIONS = [
    ("升级投诉", "总行受理", "电话", "客户不接受省中心的答复，认为没有说明依据"),
    ("监管转办", "12378银行保险消费者投诉热线", "书面", "监管部门来函转办，要求按期书面答复"),
    ("升级投诉", "信函", "书面", "客户来信称同一问题已投诉两次，均未解决"),
    ("监管转办", "12363金融消费权益热线", "书面", "转办函附有客户的投诉材料复印件"),
]

CHANNELS = [
    ("营业网点", "口头"), ("营业网点", "书面"), ("客服热线", "电话"), ("客服热线", "电话"), ("手机银行", "书面"), ("微信公众号", "书面"),
    ("大堂", "口头"), ("意见箱", "书面"), ("在线客服", "书面"), ("12345政务服务热线", "电话"),
]

TIERS = ["普通"] * 7 + ["VIP/高端", "特殊群体", "特殊群体"]
CALLERS = ["本人", "本人", "本人", "本人的女儿", "本人的儿子", "本人的丈夫"]


class Chance:
    """A linear congruential generator (Knuth's MMIX constants): the same numbers on every machine and version."""

    def __init__(self, start):
        self.state = start

    def below(self, bound):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 33) % bound

    def choose(self, items):
        return items[self.below(len(items))]


def marker(number, chance):
    """A word that stands in the personal texts of one row and nowhere else: leak tests search for it."""
    letters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
    return f"MK{number:04d}" + "".join(chance.choose(letters) for _ in range(4))


def amount(chance):
    return chance.choose([5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000]) * (1 + chance.below(40))


def moment(chance):
    month, day = 3 + chance.below(6), 1 + chance.below(28)
    return 2025, month, day, 8 + chance.below(10), chance.below(60)


def part_of_day(hour):
    return "上午" if hour < 12 else "下午"


def place_of(home, chance):
    if home in BRANCHES:
        return BRANCHES[home], home
    branch = chance.choose([code for code in BRANCHES if code[:2] == home[:2]])
    return BRANCHES[branch], branch


def row(number, recorded_at, home, chance):
    symptom, business, nature, demands, what, cause, course, words, severity, has_amount = chance.choose(SCENARIOS)
    place, event = place_of(home, chance)
    yuan = amount(chance)
    year, month, day, hour, minute = moment(chance)
    mark = marker(number, chance)
    facts = {
        "place": place, "yuan": yuan, "minutes": 20 + chance.below(90), "counter": f"{1 + chance.below(7)}号窗口",
        "machine": f"{1 + chance.below(6)}号自助机",
    }
    channel, form = chance.choose(CHANNELS)
    if home not in BRANCHES:
        channel, form = chance.choose([pair for pair in CHANNELS if pair[1] == "电话"])
    kind, scope, flags = "投诉", "一般", []
    cause = cause.format(**facts)
    if recorded_at == HEAD_OFFICE:
        kind, channel, form, reason = chance.choose(ESCALATIONS)
        scope, cause = "省级", f"{reason}；{cause}"
        severity = chance.choose(["重要", "紧急", "重大"])
    elif chance.below(25) == 0:
        scope = "省级"
    elif chance.below(30) == 0:
        severity = "重大"
    name = chance.choose(SURNAMES) + chance.choose(GIVEN_NAMES)
    tier = chance.choose(TIERS)
    if tier == "特殊群体":
        flags.append("特殊群体")
    if chance.below(12) == 0:
        flags.append("重复投诉")
    about_person = nature in ("服务态度", "违规违纪")
    story = course.format(**facts)
    # Now and then a text with line breaks, commas and quotes, as real ones have.
    if chance.below(6) == 0:
        story = f"{story}。\n客户补充：\"你们说过当天答复\",但没有,\n至今没有人联系。"
    return {
        "序号": number, "登记机构": recorded_at, "归属机构": home, "事发机构": event, "投诉种类": kind, "受理渠道": channel,
        "投诉形式": form, "受理时间": f"{year}-{month:02d}-{day:02d} {hour:02d}:{minute:02d}", "业务类别": business,
        "投诉现象": symptom, "投诉性质": nature, "投诉级别": scope, "严重程度": severity, "客户级别": tier,
        "标记": "、".join(flags), "客户诉求": chance.choose(demands), "诉求原话": f"{words.format(**facts)}（暗记{mark}）",
        "涉及金额": f"{yuan}.00" if has_amount else "", "何事": f"{what.format(**facts)}（暗记{mark}）",
        "何人": f"客户{name}（{chance.choose(CALLERS)}）" + ("与当班工作人员" if about_person else ""),
        "何时": f"{year}年{month}月{day}日{part_of_day(hour)}{hour}时许", "何地": place, "原委": cause,
        "签字件编号": f"qz-{recorded_at}-{number:04d}" if channel in ("营业网点", "大堂") else "",
        "经过": f"{story}（暗记{mark}）", "等候分钟": facts["minutes"] if "{minutes}" in what + course else "",
        "投诉人姓名": name, "投诉人电话": f"199-0000-{number:04d}",
        "被投诉人": f"{chance.choose(SURNAMES)}{chance.choose(GIVEN_NAMES)}（工作人员）" if about_person else "",
        "暗记": mark, "数据性质": "虚构样例",
    }


def rows():
    chance = Chance(20250601)
    places = []
    for turn in range(60):
        places += [(code, code) for code in BRANCHES]
        if turn % 6 == 5:
            places += [(code, code) for code in PROVINCES]
        if turn % 3 == 2:
            places.append((HEAD_OFFICE, chance.choose(list(BRANCHES) + list(PROVINCES))))
    return [row(number, recorded_at, home, chance) for number, (recorded_at, home) in enumerate(places, start=1)]


def text():
    buffer = io.StringIO(newline="")
    writer = csv.DictWriter(buffer, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows())
    return buffer.getvalue()


def main():
    made = text().encode("utf-8")
    if sys.argv[1:] == ["--check"]:
        if TARGET.read_bytes() != made:
            sys.exit(f"{TARGET.name} is not what this script writes; run it without --check")
        return
    TARGET.write_bytes(made)


if __name__ == "__main__":
    main()
