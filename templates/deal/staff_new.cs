<?cs # frame: app ?>
<?cs # Staff register for a partner: first Partners.Options.n, then Behalf.{Partner,PartnerId,Rows.n}, Form.F. ?>
<?cs def:cell_fault(text) ?><?cs if:text ?><div class="fw-err"><?cs call:icon_s("alert-circle") ?><span><?cs var:text ?></span></div><?cs /if ?><?cs /def ?>
<?cs call:head() ?>
<?cs if:!Behalf.PartnerId ?><form action="/staff/deals/new" method="get" class="fw-stack"><?cs call:card_begin("partner", "{{For which partner?}}") ?><div class="fw-row"><label class="visually-hidden" for="partner">{{Partner}}</label><select class="form-select w-auto" id="partner" name="partner"><?cs each:p = Partners.Options ?><option value="<?cs var:p.Value ?>"><?cs var:p.Label ?></option><?cs /each ?></select><button class="btn btn-primary" type="submit">{{Continue}}</button></div><?cs call:card_end() ?></form>
<?cs else ?><form action="/staff/deals/new" method="post" class="fw-stack" novalidate>
<?cs call:form_head() ?><?cs call:hidden("partner_id", Behalf.PartnerId) ?>
<?cs call:card_begin("customer", "{{End customer}}") ?><p class="fw-2">{{Registered for %s; your name stands beside it.|Behalf.Partner}}</p><div class="fw-fields">
<?cs call:field(Form.F.company_name, "fw-f4", "", "off") ?>
<?cs call:field_select(Form.F.country, "fw-f2", "", "{{Choose}}") ?>
<?cs call:field(Form.F.city, "fw-f3", "", "off") ?>
<?cs call:field(Form.F.region, "fw-f3", "", "off") ?>
<?cs call:field(Form.F.address, "fw-f6", "", "off") ?>
<?cs call:field(Form.F.tax_number, "fw-f2", "", "off") ?>
<?cs call:field(Form.F.website, "fw-f2", "", "off") ?>
<?cs call:field(Form.F.phone, "fw-f2", "", "off") ?>
<?cs call:field(Form.F.contact_name, "fw-f3", "", "off") ?>
<?cs call:field(Form.F.contact_title, "fw-f3", "", "off") ?>
<?cs call:field(Form.F.contact_email, "fw-f3", "", "off") ?>
<?cs call:field(Form.F.contact_phone, "fw-f3", "", "off") ?>
</div><?cs call:card_end() ?>
<?cs call:card_begin("lines", "{{Product lines}}") ?><div class="fw-stack-s"><?cs call:field_foot(Form.F.line, "") ?>
<?cs each:row = Behalf.Rows ?><div class="fw-fields"><div class="fw-f2"><label class="form-label" for="line-<?cs var:row.No ?>">{{Product line %s|row.No}}</label><select class="form-select" id="line-<?cs var:row.No ?>" name="line"><option value="">{{None}}</option><?cs each:option = Form.F.line.Options ?><option value="<?cs var:option.Value ?>"<?cs if:option.Value == row.Line ?> selected<?cs /if ?>><?cs var:option.Label ?></option><?cs /each ?></select><?cs call:cell_fault(row.LineFault) ?></div><div class="fw-f2"><label class="form-label" for="quantity-<?cs var:row.No ?>">{{Quantity}}</label><input class="form-control num" id="quantity-<?cs var:row.No ?>" name="quantity" inputmode="numeric" value="<?cs var:row.Quantity ?>"><?cs call:cell_fault(row.QuantityFault) ?></div><div class="fw-f2"><label class="form-label" for="value-<?cs var:row.No ?>">{{Estimated value}}</label><input class="form-control num" id="value-<?cs var:row.No ?>" name="value" inputmode="decimal" value="<?cs var:row.Value ?>"><?cs call:cell_fault(row.ValueFault) ?></div></div><?cs /each ?></div><?cs call:card_end() ?>
<?cs call:card_begin("deal", "{{The deal}}") ?><div class="fw-fields">
<?cs call:field(Form.F.project_name, "fw-f4", "", "off") ?>
<?cs call:field(Form.F.deal_type, "fw-f2", "", "") ?>
<?cs call:field(Form.F.currency, "fw-f2", "", "") ?>
<?cs call:field(Form.F.expected_close, "fw-f2", "", "") ?>
<?cs call:field_select(Form.F.sales_user_id, "fw-f2", "{{Is told of every step.}}", "{{Nobody}}") ?>
<?cs call:fields_more(Form) ?>
<?cs call:field_rows(Form.F.description, "fw-f6", "", "3") ?>
</div><?cs call:card_end() ?>
<?cs call:savebar_begin() ?><?cs call:submit("{{Submit for the partner}}", "send", "submit", "primary") ?><?cs call:savebar_end("{{Takes the partner’s place in line at once.}}") ?>
</form><?cs /if ?>
