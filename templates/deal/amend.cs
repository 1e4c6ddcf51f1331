<?cs # frame: app ?>
<?cs # Changes an approved registration: Form of deal_merge_form, Deal.{Href,Rows.n,Preview.{Shown,Same,Small,Once.n,Decided.n,Never.n,Plan.n,Hours}}. ?>
<?cs def:cell_fault(text) ?><?cs if:text ?><div class="fw-err"><?cs call:icon_s("alert-circle") ?><span><?cs var:text ?></span></div><?cs /if ?><?cs /def ?>
<?cs def:labels(list) ?><?cs each:item = list ?><?cs if:!first(item) ?>, <?cs /if ?><?cs var:item.Label ?><?cs /each ?><?cs /def ?>
<?cs call:head() ?>
<form action="<?cs var:Deal.Href ?>/amend" method="post" class="fw-stack" novalidate>
<?cs call:form_head() ?>
<?cs call:hidden("row_version", Form.F.row_version.Value) ?><?cs call:hidden("currency", Form.F.currency.Value) ?><?cs call:hidden("deal_type", Form.F.deal_type.Value) ?>
<?cs call:card_begin("once", "{{Changed at once}}") ?><div class="fw-fields">
<?cs call:field(Form.F.project_name, "fw-f4", "", "off") ?>
<?cs call:field(Form.F.expected_close, "fw-f2", "", "") ?>
<?cs call:field(Form.F.contact_name, "fw-f3", "", "off") ?>
<?cs call:field(Form.F.contact_title, "fw-f3", "", "off") ?>
<?cs call:field(Form.F.contact_email, "fw-f3", "", "off") ?>
<?cs call:field(Form.F.contact_phone, "fw-f3", "", "off") ?>
<?cs call:field_select(Form.F.sales_user_id, "fw-f3", "", "{{Nobody}}") ?>
<?cs call:field_select(Form.F.sales_stage, "fw-f3", "", "") ?>
<?cs call:field_radio(Form.F.budget, "fw-f3", "") ?>
<?cs call:field_radio(Form.F.decision_maker, "fw-f3", "") ?>
<?cs call:field(Form.F.competitors, "fw-f3", "", "off") ?>
<?cs call:field(Form.F.distributor, "fw-f3", "", "off") ?>
<?cs call:field_rows(Form.F.description, "fw-f6", "", "3") ?>
<?cs call:field_rows(Form.F.done_so_far, "fw-f6", "", "3") ?>
</div><?cs call:card_end() ?>
<?cs call:card_begin("decided", "{{Changed by a decision}}") ?><p class="fw-2">{{The protection stays as it is until the vendor has decided. An added line is checked like a new registration.}}</p><div class="fw-fields">
<?cs call:field(Form.F.company_name, "fw-f4", "", "off") ?>
<?cs call:field_select(Form.F.country, "fw-f2", "", "{{Choose}}") ?>
<?cs call:field(Form.F.tax_number, "fw-f3", "", "off") ?>
<?cs call:field(Form.F.website, "fw-f3", "", "off") ?>
<?cs call:field(Form.F.region, "fw-f2", "", "off") ?>
<?cs call:field(Form.F.city, "fw-f2", "", "off") ?>
<?cs call:field(Form.F.phone, "fw-f2", "", "off") ?>
<?cs call:field(Form.F.address, "fw-f6", "", "off") ?>
</div><div class="fw-stack-s mt-3"><?cs call:field_foot(Form.F.line, "") ?>
<?cs each:row = Deal.Rows ?><div class="fw-fields"><div class="fw-f2"><label class="form-label" for="line-<?cs var:row.No ?>">{{Product line %s|row.No}}</label><select class="form-select" id="line-<?cs var:row.No ?>" name="line"><option value="">{{None}}</option><?cs each:option = Form.F.line.Options ?><option value="<?cs var:option.Value ?>"<?cs if:option.Value == row.Line ?> selected<?cs /if ?>><?cs var:option.Label ?></option><?cs /each ?></select><?cs call:cell_fault(row.LineFault) ?></div><div class="fw-f2"><label class="form-label" for="quantity-<?cs var:row.No ?>">{{Quantity}}</label><input class="form-control num" id="quantity-<?cs var:row.No ?>" name="quantity" inputmode="numeric" value="<?cs var:row.Quantity ?>"><?cs call:cell_fault(row.QuantityFault) ?></div><div class="fw-f2"><label class="form-label" for="value-<?cs var:row.No ?>">{{Estimated value}}</label><input class="form-control num" id="value-<?cs var:row.No ?>" name="value" inputmode="decimal" value="<?cs var:row.Value ?>"><?cs call:cell_fault(row.ValueFault) ?></div></div><?cs /each ?></div><?cs call:card_end() ?>
<?cs if:Deal.Preview.Shown ?><section class="card" id="preview" aria-labelledby="preview-h" tabindex="-1" data-focus><div class="fw-card-h"><h2 class="fw-h2" id="preview-h">{{What would become of it}}</h2></div><div class="fw-card-b"><?cs if:Deal.Preview.Same ?><p class="m-0">{{Nothing was changed.}}</p><?cs /if ?><dl class="fw-dl-v m-0"><?cs if:subcount(Deal.Preview.Once) ?><div><dt>{{Changed at once}}</dt><dd><?cs call:labels(Deal.Preview.Once) ?></dd></div><?cs /if ?><?cs if:subcount(Deal.Preview.Decided) ?><div><dt>{{Changed by a decision}}</dt><dd><?cs call:labels(Deal.Preview.Decided) ?></dd></div><div><dt>{{Who decides}}</dt><dd><?cs if:Deal.Preview.Small ?>{{Nobody: a value that grows so little is changed within a moment.}}<?cs elif:subcount(Deal.Preview.Plan) ?>{{Several people, one step after the other, within %s business hours:|Deal.Preview.Hours}}<ol class="m-0"><?cs each:step = Deal.Preview.Plan ?><li>{{%1$s, within %2$s hours|step.Title|step.Hours}}</li><?cs /each ?></ol><?cs else ?>{{One person.}}<?cs /if ?></dd></div><?cs /if ?><?cs if:subcount(Deal.Preview.Never) ?><div><dt>{{Not to be changed}}</dt><dd><?cs call:labels(Deal.Preview.Never) ?></dd></div><?cs /if ?></dl></div></section><?cs /if ?>
<?cs call:savebar_begin() ?><?cs call:submit("{{Change}}", "pencil", "submit", "primary") ?><?cs call:submit("{{Preview}}", "eye", "preview", "normal") ?><?cs call:button_link(Deal.Href, "{{Leave it as it is}}", "", "normal") ?><?cs call:savebar_end("{{Both sides see what was and what is.}}") ?>
</form>
