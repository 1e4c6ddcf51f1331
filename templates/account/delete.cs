<?cs # frame: app ?>
<?cs # Asks before a company is deleted: Account.{Name,Href,Version}, Account.Against.n and Account.Kept.n.{Label,Value,Href}; Form.F. ?>
<?cs call:head() ?>
<form action="<?cs var:Account.Href ?>/delete" method="post" class="fw-stack" novalidate>
<?cs call:form_head() ?><?cs call:hidden("row_version", Account.Version) ?>
<?cs if:subcount(Account.Against) ?><div class="fw-note" data-tone="bad"><?cs call:icon("alert-circle") ?><div><p><strong>{{This account cannot be deleted yet.}}</strong></p><p>{{End, close or move what is listed here first.}}</p></div></div>
<?cs call:card_begin("against", "{{What stands against it}}") ?><dl class="fw-dl"><?cs each:row = Account.Against ?><dt><a href="<?cs var:row.Href ?>"><?cs var:row.Label ?></a></dt><dd class="tnum"><?cs var:row.Value ?></dd><?cs /each ?></dl><?cs call:card_end() ?>
<?cs else ?><?cs call:confirm("{{Delete this account?}}", "{{It goes to the bin: no list, search or check finds it any more. It can be restored from there until it is removed for good.}}") ?><?cs /if ?>
<section class="card" aria-label="{{Account}}"><div class="fw-card-b"><p class="fw-b m-0"><?cs var:Account.Name ?></p>
<?cs if:subcount(Account.Kept) ?><p class="fw-2 mt-2 mb-1">{{This stays with it in the bin:}}</p><dl class="fw-dl"><?cs each:row = Account.Kept ?><?cs call:dl_row(row.Label, row.Value) ?><?cs /each ?></dl><?cs /if ?>
<?cs if:!subcount(Account.Against) ?><div class="fw-fields mt-3"><?cs call:field(Form.F.reason, "fw-f6", "{{Whoever looks into the bin reads it.}}", "off") ?></div><?cs /if ?></div></section>
<div class="fw-row"><?cs if:!subcount(Account.Against) ?><?cs call:submit("{{Delete}}", "trash", "", "bad") ?><?cs /if ?><?cs call:button_link(Account.Href, "{{Leave it as it is}}", "", "normal") ?></div>
</form>
