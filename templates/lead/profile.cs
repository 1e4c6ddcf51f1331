<?cs # frame: app ?>
<?cs # What a partner takes: Profile.{Action,Lines.n,Langs.n}, Form.F. ?>
<?cs call:head() ?>
<form action="<?cs var:Profile.Action ?>" method="post" class="fw-stack" novalidate>
<?cs call:form_head() ?><?cs call:hidden("row_version", Form.F.row_version.Value) ?>
<?cs call:card_begin("takes", "{{What this partner takes}}") ?><div class="fw-fields">
<?cs call:field(Form.F.countries, "fw-f6", "{{As two letters, separated by commas. Empty: its own country.}}", "off") ?>
<fieldset class="fw-f3"><legend class="form-label">{{Product lines}}</legend><?cs each:line = Profile.Lines ?><label class="form-check"><input class="form-check-input" type="checkbox" name="line" value="<?cs var:line.Value ?>"<?cs if:line.Chosen ?> checked<?cs /if ?>><span class="form-check-label"><?cs var:line.Label ?></span></label><?cs /each ?><div class="form-hint">{{None chosen: all of them.}}</div></fieldset>
<fieldset class="fw-f3"><legend class="form-label">{{Languages}}</legend><?cs each:lang = Profile.Langs ?><label class="form-check"><input class="form-check-input" type="checkbox" name="language" value="<?cs var:lang.Value ?>"<?cs if:lang.Chosen ?> checked<?cs /if ?>><span class="form-check-label"><?cs var:lang.Label ?></span></label><?cs /each ?><div class="form-hint">{{None chosen: those of its people.}}</div></fieldset>
<?cs call:field(Form.F.open_most, "fw-f3", "{{0: no limit of its own.}}", "off") ?>
<?cs call:field(Form.F.paused_until, "fw-f3", "{{Holiday, or too much to do: the rules leave it out until then.}}", "off") ?>
</div><?cs call:card_end() ?>
<?cs call:savebar_begin() ?><?cs call:submit("{{Save}}", "check", "", "primary") ?><?cs call:savebar_end("") ?>
</form>
