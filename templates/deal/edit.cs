<?cs # frame: app ?>
<?cs # The form of a registration: Form of deal_form, Deal.{Action,Number,IsReturned,ReasonText,AnswerDue,Saved,Files,Verdict,Hours,Plan.n.{Title,Hours}}. ?>
<?cs def:toc(id, label, fault, done) ?><li><a href="#<?cs var:id ?>"><?cs if:fault ?><span class="fw-tone" data-tone="bad"><?cs call:icon("alert-circle") ?></span><?cs var:label ?><span class="visually-hidden">{{, has a fault}}</span><?cs elif:done ?><span class="fw-tone" data-tone="good"><?cs call:icon("circle-check") ?></span><?cs var:label ?><?cs else ?><span class="fw-tone" data-tone="off"><?cs call:icon("circle-dashed") ?></span><?cs var:label ?><?cs /if ?></a></li><?cs /def ?>
<?cs def:section_begin(id, title) ?><section class="card" id="<?cs var:id ?>" aria-labelledby="<?cs var:id ?>-h"><div class="fw-card-h"><h2 class="fw-h2" id="<?cs var:id ?>-h"><?cs var:title ?></h2></div><?cs /def ?>
<?cs call:head() ?>
<?cs if:Deal.IsReturned ?><div class="fw-note mb-3" data-tone="wait"><?cs call:icon("arrow-back-up") ?><div><p><strong>{{Returned to you}}</strong><?cs if:Deal.ReasonText ?>: “<?cs var:Deal.ReasonText ?>”<?cs /if ?></p><?cs if:Deal.AnswerDue.Text ?><p>{{Answer by %s to keep your place.|Deal.AnswerDue.Text}}</p><?cs /if ?></div></div><?cs /if ?>
<div class="fw-cols fw-cols-3">
<nav class="fw-sticky fw-hide-s" aria-label="{{Sections of this form}}"><ol class="fw-toc">
<?cs call:toc("s1", "{{Customer}}", Deal.Faults.Customer, Form.F.company_name.Value) ?>
<?cs call:toc("s2", "{{Products}}", Deal.Faults.Products, Form.F.line.Items.0.Value) ?>
<?cs call:toc("s3", "{{The deal}}", Deal.Faults.Deal, Form.F.expected_close.Value) ?>
<?cs call:toc("s4", "{{People}}", Deal.Faults.People, Form.F.contact_name.Value) ?>
<?cs call:toc("s5", "{{Files}}", Form.F.files.Fault, subcount(Deal.Files)) ?>
</ol></nav>
<form id="f" action="<?cs var:Deal.Action ?>" method="post" enctype="multipart/form-data" novalidate class="fw-stack" data-keep="<?cs var:Me.Email ?>">
<?cs call:form_head() ?>
<?cs call:put_back() ?>
<?cs call:hidden("row_version", Form.F.row_version.Value) ?>
<button type="submit" name="do" value="save" class="visually-hidden" tabindex="-1" aria-hidden="true">{{Save draft}}</button>
<?cs call:section_begin("s1", "{{Customer}}") ?><div class="fw-card-b"><div class="fw-fields">
<?cs call:field(Form.F.company_name, "fw-f4", "{{As in the business register, in either language}}", "off") ?>
<?cs call:field_select(Form.F.country, "fw-f2", "", "{{Choose…}}") ?>
<?cs call:field(Form.F.tax_number, "fw-f3", "{{In China the unified social credit code}}", "off") ?>
<?cs call:field(Form.F.website, "fw-f3", "", "off") ?>
<?cs call:field(Form.F.region, "fw-f2", "", "off") ?>
<?cs call:field(Form.F.city, "fw-f2", "", "off") ?>
<?cs call:field(Form.F.phone, "fw-f2", "", "off") ?>
<?cs call:field(Form.F.address, "fw-f6", "", "off") ?>
</div></div></section>
<?cs call:section_begin("s2", "{{Products}}") ?><div class="fw-card-b pb-0"><div class="fw-fields"><?cs call:field_select(Form.F.currency, "fw-f3", "", "") ?></div></div>
<table class="fw-table fw-stackable fw-table-form mt-3"><caption class="visually-hidden">{{Product lines of this deal}}</caption><thead><tr><th scope="col">{{Product line}}</th><th scope="col" class="num">{{Quantity}}</th><th scope="col" class="num">{{Estimated value}}</th><th scope="col"><span class="visually-hidden">{{Remove}}</span></th></tr></thead><tbody data-rows="line">
<?cs each:item = Form.F.line.Items ?><?cs set:i = name(item) ?><?cs set:no = #i + 1 ?>
<tr><td data-label="{{Product line}}"><label class="visually-hidden" for="line-<?cs var:i ?>">{{Product line, row}} <?cs var:no ?></label><select class="form-select" id="line-<?cs var:i ?>" name="line"<?cs if:item.Fault ?> aria-invalid="true" aria-describedby="line-<?cs var:i ?>-err"<?cs /if ?>><option value="">{{Choose…}}</option><?cs each:option = Form.F.line.Options ?><option value="<?cs var:option.Value ?>"<?cs if:option.Value == item.Value ?> selected<?cs /if ?>><?cs var:option.Label ?></option><?cs /each ?></select><?cs if:item.Fault ?><div class="fw-err" id="line-<?cs var:i ?>-err"><?cs call:icon_s("alert-circle") ?><span><?cs var:item.Fault ?></span></div><?cs /if ?></td>
<td class="num" data-label="{{Quantity}}"><label class="visually-hidden" for="quantity-<?cs var:i ?>">{{Quantity, row}} <?cs var:no ?></label><input type="text" class="form-control num" id="quantity-<?cs var:i ?>" name="quantity" value="<?cs var:Form.F.quantity.Items[i].Value ?>" inputmode="numeric" size="6" maxlength="20"<?cs if:Form.F.quantity.Items[i].Fault ?> aria-invalid="true" aria-describedby="quantity-<?cs var:i ?>-err"<?cs /if ?>><?cs if:Form.F.quantity.Items[i].Fault ?><div class="fw-err" id="quantity-<?cs var:i ?>-err"><?cs call:icon_s("alert-circle") ?><span><?cs var:Form.F.quantity.Items[i].Fault ?></span></div><?cs /if ?></td>
<td class="num" data-label="{{Estimated value}}"><label class="visually-hidden" for="value-<?cs var:i ?>">{{Estimated value, row}} <?cs var:no ?></label><input type="text" class="form-control num" id="value-<?cs var:i ?>" name="value" value="<?cs var:Form.F.value.Items[i].Value ?>" inputmode="decimal" size="12" maxlength="40"<?cs if:Form.F.value.Items[i].Fault ?> aria-invalid="true" aria-describedby="value-<?cs var:i ?>-err"<?cs /if ?>><?cs if:Form.F.value.Items[i].Fault ?><div class="fw-err" id="value-<?cs var:i ?>-err"><?cs call:icon_s("alert-circle") ?><span><?cs var:Form.F.value.Items[i].Fault ?></span></div><?cs /if ?></td>
<td><button class="fw-ib" type="submit" name="do" value="remove-<?cs var:i ?>" aria-label="{{Remove row}} <?cs var:no ?>"><?cs call:icon("trash") ?></button></td></tr>
<?cs /each ?></tbody></table>
<div class="fw-card-f"><?cs if:Form.F.line.Fault ?><div class="fw-err mb-2" id="line"><?cs call:icon_s("alert-circle") ?><span><?cs var:Form.F.line.Fault ?></span></div><?cs /if ?><button class="btn fw-btn btn-sm" type="submit" name="do" value="add"><?cs call:icon("plus") ?>{{Add a line}}</button></div></section>
<?cs call:section_begin("s3", "{{The deal}}") ?><div class="fw-card-b"><div class="fw-fields">
<?cs call:field(Form.F.project_name, "fw-f4", "", "off") ?>
<?cs call:field_select(Form.F.deal_type, "fw-f2", "", "") ?>
<?cs call:field(Form.F.expected_close, "fw-f3", "", "") ?>
<?cs call:field_select(Form.F.sales_stage, "fw-f3", "", "") ?>
<?cs call:field_radio(Form.F.budget, "fw-f3", "") ?>
<?cs call:field_radio(Form.F.decision_maker, "fw-f3", "") ?>
<?cs call:field(Form.F.competitors, "fw-f3", "", "off") ?>
<?cs call:field(Form.F.distributor, "fw-f3", "{{For a sale over two tiers}}", "off") ?>
<?cs call:fields_more(Form) ?>
<?cs call:field_rows(Form.F.description, "fw-f6", "", "3") ?>
<?cs call:field_rows(Form.F.done_so_far, "fw-f6", "", "3") ?>
</div></div></section>
<?cs call:section_begin("s4", "{{People}}") ?><div class="fw-card-b"><div class="fw-fields">
<?cs call:field(Form.F.contact_name, "fw-f3", "", "off") ?>
<?cs call:field(Form.F.contact_title, "fw-f3", "", "off") ?>
<?cs call:field(Form.F.contact_email, "fw-f3", "{{E-mail or phone: one is enough}}", "off") ?>
<?cs call:field(Form.F.contact_phone, "fw-f3", "", "off") ?>
<?cs call:field_select(Form.F.sales_user_id, "fw-f3", "{{Of your company; hears about decisions}}", "{{Nobody}}") ?>
</div></div></section>
<?cs call:section_begin("s5", "{{Files}}") ?><div class="fw-card-b">
<?cs if:subcount(Deal.Files) ?><ul class="list-unstyled fw-stack-s"><?cs each:file = Deal.Files ?><li class="fw-row"><?cs call:icon_s("paperclip") ?><?cs if:file.Href ?><a href="<?cs var:file.Href ?>"><?cs var:file.Name ?></a><?cs else ?><?cs var:file.Name ?><?cs /if ?><span class="fw-2"><?cs var:file.Size ?></span><?cs if:Deal.MayRemove && file.Href ?><button class="fw-ib fw-end" type="submit" form="drop-<?cs var:name(file) ?>" aria-label="{{Remove}} <?cs var:file.Name ?>"><?cs call:icon("trash") ?></button><?cs /if ?></li><?cs /each ?></ul><?cs /if ?>
<?cs call:field_file(Form.F.files, "", "{{PDF, Office, images, text; up to 25 MiB together. Choose them again if a fault is shown.}}", "") ?>
</div></section>
<?cs call:savebar_begin() ?><?cs call:submit("{{Submit}}", "send", "submit", "primary") ?><?cs call:submit("{{Save draft}}", "", "save", "normal") ?><?cs call:savebar_end("{{Your place in line is the server’s time when you submit.}}") ?>
</form>
<aside class="fw-stack fw-sticky" aria-label="{{Check and preview}}">
<div id="verdict" role="status" hx-post="/partner/deals/check" hx-trigger="<?cs if:Form.Faults.Count ?>load, <?cs /if ?>input delay:600ms from:#s1, change delay:100ms from:#s2" hx-include="#company_name, #country, #tax_number, #website, #phone, #address, #f [name='line'], #f [name='form_token']" hx-sync="this:replace"><?cs include:"deal/verdict.cs" ?></div>
<section class="card" aria-labelledby="next-h"><div class="fw-card-h"><h2 class="fw-h2" id="next-h">{{What happens next}}</h2></div><div class="fw-card-b"><ol class="fw-line">
<li><span class="fw-node" data-tone="info"><?cs call:icon("send") ?></span><p class="fw-b">{{You submit}}</p><p class="fw-s fw-2">{{A receipt at once, signed within seconds}}</p></li>
<li><span class="fw-node"><?cs call:icon("eye") ?></span><p class="fw-b">{{%s decides|Page.Vendor}}</p><p class="fw-s fw-2">{{within %s business hours; both sides see the clock|Deal.Hours}}</p><?cs if:subcount(Deal.Plan) ?><ol class="fw-s"><?cs each:step = Deal.Plan ?><li>{{%1$s, within %2$s hours|step.Title|step.Hours}}</li><?cs /each ?></ol><?cs /if ?></li>
<li><span class="fw-node"><?cs call:icon("shield-check") ?></span><p class="fw-b">{{You are protected}}</p><p class="fw-s fw-2"><?cs if:Deal.TermDiscount ?>{{%1$s, deal discount %2$s|Deal.TermDays|Deal.TermDiscount}}<?cs else ?><?cs var:Deal.TermDays ?><?cs /if ?></p></li>
</ol></div></section>
</aside></div>
<?cs if:Deal.MayRemove ?><?cs each:file = Deal.Files ?><?cs if:file.Href ?><form id="drop-<?cs var:name(file) ?>" action="<?cs var:file.Href ?>/remove" method="post" hidden><input type="hidden" name="form_token" value="<?cs var:Form.Token ?>"></form><?cs /if ?><?cs /each ?><?cs /if ?>
