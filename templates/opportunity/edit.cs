<?cs # frame: app ?>
<?cs # The form of an opportunity: Form, Opportunity.{Action,Href,IsNew,IsStaff,Changed,Rows.n}; Opportunity.Theirs.n.{Label,Yours,Theirs} when somebody else changed it. ?>
<?cs def:cell_fault(id, text) ?><?cs if:text ?><div class="fw-err" id="<?cs var:id ?>-err"><?cs call:icon_s("alert-circle") ?><span><?cs var:text ?></span></div><?cs /if ?><?cs /def ?>
<?cs call:head() ?>
<form action="<?cs var:Opportunity.Action ?>" method="post" class="fw-stack" novalidate>
<?cs call:form_head() ?>
<?cs call:hidden("row_version", Form.F.row_version.Value) ?>
<?cs if:Opportunity.Changed ?><div class="fw-note" data-tone="wait" role="alert" tabindex="-1" data-focus><?cs call:icon("alert-triangle") ?><div><p><strong>{{Somebody else has changed this opportunity since you opened it. Nothing was saved.}}</strong></p><p>{{The form below holds what you typed. Take over what you need from the other version, then save again.}}</p></div></div>
<?cs if:subcount(Opportunity.Theirs) ?><section class="card" aria-label="{{Differences}}"><table class="fw-table fw-stackable fw-diff"><caption class="visually-hidden">{{Differences}}</caption><thead><tr><th scope="col">{{Field}}</th><th scope="col">{{Yours}}</th><th scope="col">{{Saved meanwhile}}</th></tr></thead><tbody><?cs each:row = Opportunity.Theirs ?><tr><th scope="row"><?cs var:row.Label ?></th><td data-label="{{Yours}}"><?cs if:row.Yours ?><?cs var:row.Yours ?><?cs else ?>–<?cs /if ?></td><td data-label="{{Saved meanwhile}}"><?cs if:row.Theirs ?><?cs var:row.Theirs ?><?cs else ?>–<?cs /if ?></td></tr><?cs /each ?></tbody></table></section><?cs /if ?><?cs /if ?>
<?cs if:subcount(Opportunity.Protected) ?><div class="fw-note" data-tone="wait" role="alert" tabindex="-1" data-focus><?cs call:icon("shield-check") ?><div><p><strong>{{Partners protect this customer on these product lines. Nothing was saved yet.}}</strong></p><ul class="fw-links"><?cs each:p = Opportunity.Protected ?><li>{{%1$s: %2$s, for %3$s, until %4$s|p.Line|p.Partner|p.Company|p.Until}} · <?cs if:p.Href ?><a class="fw-id" href="<?cs var:p.Href ?>"><?cs var:p.Number ?></a><?cs else ?><span class="fw-id"><?cs var:p.Number ?></span><?cs /if ?></li><?cs /each ?></ul><p>{{Talk to the partner first, or share the opportunity with it. If you go on nevertheless, the trail says so.}}</p><div class="mt-2"><?cs call:field_check(Form.F.despite, "") ?></div></div></div><?cs /if ?>
<?cs call:card_begin("what", "{{Opportunity}}") ?><div class="fw-fields">
<?cs call:field(Form.F.name, "fw-f4", "", "off") ?>
<?cs if:Opportunity.IsNew ?><?cs call:field_select(Form.F.stage, "fw-f2", "", "") ?>
<?cs call:field(Form.F.customer_name, "fw-f4", "{{As in the business register, in either language}}", "off") ?>
<?cs call:field_select(Form.F.customer_country, "fw-f2", "", "{{Choose…}}") ?><?cs /if ?>
<?cs call:field(Form.F.expected_close, "fw-f2", "", "") ?>
<?cs call:field(Form.F.probability, "fw-f2", "{{Empty: as its stage}}", "off") ?>
<?cs call:field_select(Form.F.category, "fw-f2", "", "") ?>
<?cs if:Opportunity.MayOwn ?><?cs call:field_select(Form.F.owner_user_id, "fw-f3", "", "{{Nobody}}") ?><?cs /if ?>
<?cs call:field(Form.F.competitors, "fw-f3", "", "off") ?>
<?cs call:field(Form.F.next_step, "fw-f4", "", "off") ?>
<?cs call:field(Form.F.next_step_on, "fw-f2", "", "") ?>
</div><?cs call:card_end() ?>
<?cs call:card_begin("worth", "{{What it is worth}}") ?><div class="fw-fields">
<?cs call:field_select(Form.F.currency, "fw-f3", "", "{{Choose…}}") ?>
<?cs call:field(Form.F.amount, "fw-f3", "{{Counts when there are no lines below; else their sum does.}}", "off") ?>
</div>
<fieldset class="mt-3"><legend class="fw-s fw-2">{{Product lines}}</legend><div class="fw-stack-s" id="line"><?cs call:field_foot(Form.F.line, "") ?>
<?cs each:row = Opportunity.Rows ?><div class="fw-fields"><div class="fw-f2"><label class="form-label" for="line-<?cs var:row.Index ?>">{{Product line %s|row.No}}</label><select class="form-select" id="line-<?cs var:row.Index ?>" name="line"<?cs if:row.LineFault ?> aria-invalid="true" aria-describedby="line-<?cs var:row.Index ?>-err"<?cs /if ?>><option value="">{{None}}</option><?cs each:option = Form.F.line.Options ?><option value="<?cs var:option.Value ?>"<?cs if:option.Value == row.Line ?> selected<?cs /if ?>><?cs var:option.Label ?></option><?cs /each ?></select><?cs call:cell_fault("line-" + row.Index, row.LineFault) ?></div><div class="fw-f2"><label class="form-label" for="quantity-<?cs var:row.Index ?>">{{Quantity}}</label><input class="form-control num" id="quantity-<?cs var:row.Index ?>" name="quantity" inputmode="numeric" value="<?cs var:row.Quantity ?>"<?cs if:row.QuantityFault ?> aria-invalid="true" aria-describedby="quantity-<?cs var:row.Index ?>-err"<?cs /if ?>><?cs call:cell_fault("quantity-" + row.Index, row.QuantityFault) ?></div><div class="fw-f2"><label class="form-label" for="price-<?cs var:row.Index ?>">{{Price of one}}</label><input class="form-control num" id="price-<?cs var:row.Index ?>" name="price" inputmode="decimal" value="<?cs var:row.Price ?>"<?cs if:row.PriceFault ?> aria-invalid="true" aria-describedby="price-<?cs var:row.Index ?>-err"<?cs /if ?>><?cs call:cell_fault("price-" + row.Index, row.PriceFault) ?></div></div><?cs /each ?></div></fieldset><?cs call:card_end() ?>
<?cs if:subcount(Form.More) ?><?cs call:card_begin("own", "{{Further details}}") ?><div class="fw-fields">
<?cs call:fields_more(Form) ?>
</div><?cs call:card_end() ?><?cs /if ?>
<?cs if:Opportunity.IsStaff ?><?cs call:card_begin("inside", "{{For the vendor alone}}") ?><?cs call:field_rows(Form.F.inside_note, "", "{{Never shown to a partner, in no mail and in no file.}}", "4") ?><?cs call:card_end() ?><?cs /if ?>
<?cs call:savebar_begin() ?><?cs call:submit("{{Save}}", "check", "save", "primary") ?><?cs if:Opportunity.Href ?><?cs call:button_link(Opportunity.Href, "{{Cancel}}", "", "normal") ?><?cs else ?><?cs call:button_link(Opportunity.Base, "{{Cancel}}", "", "normal") ?><?cs /if ?><?cs call:savebar_end("") ?>
</form>
