<?cs # frame: app ?>
<?cs # A field of the vendor's own: Field.{IsNew,Action,Used,NoLimits,Listed,Shared,Carried}, Form.F.{kind,code,row_version,type,…}; of a choice NewOption, Options.n.{Name,Code,Sort,Switch,Href} ?>
<?cs call:head() ?>
<div class="fw-stack">
<?cs if:NewOption ?><section class="card" id="options" aria-labelledby="options-h"><div class="fw-card-h"><h2 class="fw-h2" id="options-h">{{What it offers to choose from}}</h2><a class="btn fw-btn btn-sm" href="<?cs var:NewOption ?>"><?cs call:icon("plus") ?>{{New choice}}</a></div>
<?cs if:subcount(Options) ?><table class="fw-table fw-stackable fw-table-hover"><caption class="visually-hidden">{{Choices, in their order}}</caption><thead><tr><th scope="col">{{Choice}}</th><th scope="col">{{Key}}</th><th scope="col" class="num">{{Order}}</th><th scope="col">{{State}}</th></tr></thead><tbody>
<?cs each:o = Options ?><tr><th scope="row"><a href="<?cs var:o.Href ?>"><?cs var:o.Name ?></a></th><td data-label="{{Key}}"><span class="fw-code"><?cs var:o.Code ?></span></td><td class="num" data-label="{{Order}}"><?cs var:o.Sort ?></td><td data-label="{{State}}"><?cs call:status(o.Switch) ?></td></tr>
<?cs /each ?></tbody></table><?cs else ?><div class="fw-card-b"><p class="fw-2 m-0">{{Forms ask for it when there is something to choose: add the first.}}</p></div><?cs /if ?></section><?cs /if ?>
<form action="<?cs var:Field.Action ?>" method="post" class="fw-stack" novalidate>
<?cs call:form_head() ?><?cs if:!Field.IsNew ?><?cs call:hidden("row_version", Form.F.row_version.Value) ?><?cs /if ?>
<?cs call:card_begin("field", "{{The field}}") ?><?cs if:Field.Carried ?><p class="fw-2">{{When a registration is converted, the opportunity’s field of the same key and type takes over its value, but never from a field of staff alone to one that partners see.}}</p><?cs /if ?><div class="fw-fields">
<?cs if:Field.IsNew ?><?cs call:field_select(Form.F.kind, "fw-f3", "", "") ?><?cs call:field(Form.F.code, "fw-f3", "{{What files and the audit trail call it: small letters, digits and underscores. It stays as it is.}}", "off") ?><?cs /if ?>
<?cs call:field(Form.F.name_en, "fw-f3", "", "off") ?><?cs call:field(Form.F.name_zh, "fw-f3", "", "off") ?>
<?cs call:field(Form.F.hint_en, "fw-f3", "{{A line below the field, for who fills it in.}}", "off") ?><?cs call:field(Form.F.hint_zh, "fw-f3", "", "off") ?>
</div><?cs call:card_end() ?>
<?cs call:card_begin("takes", "{{What it takes}}") ?><div class="fw-fields">
<?cs if:Field.Used ?><?cs call:hidden("type", Form.F.type.Value) ?><p class="fw-f6 fw-2 m-0" id="type">{{Records have values in it: it keeps its type.}}<?cs if:Form.F.type.Fault ?> <span class="fw-err"><?cs var:Form.F.type.Fault ?></span><?cs /if ?></p><?cs else ?><?cs call:field_select(Form.F.type, "fw-f2", "{{It can be changed until the first record has a value in it.}}", "") ?><?cs /if ?>
<?cs if:!Field.NoLimits ?><?cs call:field(Form.F.least, "fw-f2", "{{Of a text the number of characters, else a number or a day such as 2026-11-21.}}", "off") ?><?cs call:field(Form.F.most, "fw-f2", "", "off") ?><?cs /if ?>
<?cs call:field_check(Form.F.required, "{{It is asked for when a record is next changed, of a registration when it is submitted; nothing is done to those that there are.}}") ?>
<?cs if:Field.Listed ?><?cs call:field_check(Form.F.filterable, "{{A partner filters by those that he sees.}}") ?><?cs /if ?>
<?cs if:Field.Shared ?><?cs call:field_radio(Form.F.audience, "fw-f6", "{{Partners see registrations of their own and opportunities that are theirs or shared with them; no other records.}}") ?><?cs /if ?>
</div><?cs call:card_end() ?>
<?cs call:card_begin("place", "{{Its place}}") ?><div class="fw-fields">
<?cs call:field(Form.F.sort, "fw-f2", "{{Smaller numbers come first.}}", "off") ?><?cs call:field_check(Form.F.active, "") ?>
</div><?cs call:card_end() ?>
<?cs call:savebar_begin() ?><?cs call:submit("{{Save}}", "check", "", "primary") ?><?cs call:savebar_end("") ?>
</form></div>
