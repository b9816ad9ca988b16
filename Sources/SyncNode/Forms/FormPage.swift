import HTTPTransport
import Platform
import TicketModel

/// A filled form as a page for the printer: one file, no script, nothing from elsewhere.
struct FormPage {
    let form: FilledForm
    let code: CheckCode
    let bank: Wording
    /// Where it is printed.
    let unit: Wording
    /// When, milliseconds since 1970 UTC.
    let at: Int64

    static let mediaType = "text/html; charset=utf-8"

    private static let style = """
        body{font:11pt/1.5 "Noto Serif CJK SC","Source Han Serif SC",SimSun,serif;color:#000;background:#fff;max-width:180mm;margin:8mm auto;padding:0 4mm}
        h1{font-size:17pt;text-align:center;margin:0}h1 small,h2 small,th small{display:block;font-weight:400;font-size:8pt;color:#333}
        h2{font-size:12pt;margin:5mm 0 1mm;break-after:avoid}h2 small{display:inline;margin-left:2mm}
        .meta{display:flex;flex-wrap:wrap;gap:0 6mm;justify-content:space-between;font-size:9pt;margin:2mm 0}
        table{border-collapse:collapse;width:100%;table-layout:fixed}th,td{border:.3mm solid #000;padding:1mm 2mm;vertical-align:top;text-align:left;overflow-wrap:anywhere}
        tr{break-inside:avoid}th{width:38mm;font-weight:600}td{white-space:pre-wrap}td small{font-size:8pt;color:#333}
        .sign td{height:14mm}.none{color:#333;font-style:italic}.log th{width:auto}
        .code{border:.5mm solid #000;padding:2mm 4mm;margin-top:6mm;break-inside:avoid}.code b{font:700 15pt monospace;letter-spacing:.5mm}
        @page{size:A4;margin:14mm}@media print{body{margin:0;max-width:none;padding:0}}
        """

    /// Nothing but this style may have an effect: no script, picture, frame or form, from here or from elsewhere.
    private static let policy: String = {
        let digest = SHA256.digest(Array(style.utf8)).bytes
        return "default-src 'none'; style-src 'sha256-\(Base64.encode(Array(digest)))'; base-uri 'none'; "
            + "form-action 'none'; frame-ancestors 'none'"
    }()

    var response: HTTPResponse {
        var response = HTTPResponse(status: 200, type: FormPage.mediaType, body: Array(html.utf8))
        response.headers["Content-Security-Policy"] = FormPage.policy
        response.headers["Referrer-Policy"] = "no-referrer"
        return response
    }

    var html: String {
        let title = form.form.title
        return """
            <!DOCTYPE html>
            <html lang="zh-CN"><head><meta charset="utf-8"><title>\(text(title.chinese)) \(text(form.number))</title>
            <style>\(FormPage.style)</style></head><body>
            <h1>\(text(title.chinese))<small lang="en">\(text(title.english))</small></h1>
            <div class="meta"><span>\(text(bank.zh)) \(text(unit.zh))</span><span>编号 No. \(text(form.number))</span>\
            <span>\(form.form.rawValue)/\(form.form.layout)</span><span>打印 printed \(CivilTime.chinaText(at: at))</span></div>
            \(form.sections.map(section).joined(separator: "\n"))
            <div class="code">校验码 check code <b>\(code)</b><br>\
            凭此码可核对纸面与系统记录是否一致。 <span lang="en">Tells whether this paper still agrees with the record.</span></div>
            </body></html>

            """
    }

    private func section(_ section: FilledForm.Section) -> String {
        let title = "<h2>\(text(section.title.chinese))<small lang=\"en\">\(text(section.title.english))</small></h2>"
        if case .log(let acts)? = section.lines.first?.content { return title + log(acts) }
        return title + "<table>" + section.lines.map(line).joined() + "</table>"
    }

    private func line(_ line: FilledForm.Line) -> String {
        let label = "<th>\(text(line.label.chinese))<small lang=\"en\">\(text(line.label.english))</small></th>"
        switch line.content {
        case .values(let values): return "<tr>\(label)<td>\(values.map(value).joined(separator: "\n"))</td></tr>"
        case .empty: return "<tr>\(label)<td></td></tr>"
        case .notHeld: return "<tr>\(label)<td class=\"none\">本节点不掌握或无权查阅 not held, or not to be read, here</td></tr>"
        case .awaited: return "<tr>\(label)<td class=\"none\">尚未到达本节点 has not arrived yet</td></tr>"
        case .signature: return "<tr class=\"sign\">\(label)<td>　　　　　　　　　　　年　　月　　日</td></tr>"
        case .words(let words):
            return
                "<tr><td colspan=\"2\">\(text(words.chinese))<br><small lang=\"en\">\(text(words.english))</small></td></tr>"
        case .log(let acts): return log(acts)
        }
    }

    private func value(_ value: Bilingual) -> String {
        let chinese = text(value.chinese)
        return value.english == value.chinese
            ? chinese : "\(chinese) <small lang=\"en\">\(text(value.english))</small>"
    }

    private func log(_ acts: [FormAct]) -> String {
        let rows = acts.map { act in
            let name = value(
                Bilingual(HistoryText.act(act.kind, .chinese), HistoryText.act(act.kind, .english)))
            return "<tr><td>\(CivilTime.chinaText(at: act.at))</td><td>\(text(act.node?.text ?? "-"))</td>"
                + "<td>\(text(act.post))</td><td>\(name)</td><td></td></tr>"
        }
        return """
            <table class="log"><tr><th>时间<small lang="en">time</small></th><th>单位<small lang="en">unit</small></th>\
            <th>岗位<small lang="en">post</small></th><th>处置<small lang="en">act</small></th>\
            <th>签收<small lang="en">received by</small></th></tr>\(rows.joined())</table>
            """
    }

    private func text(_ text: String) -> String { HTMLText.escape(text) }
}
