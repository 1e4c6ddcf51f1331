<?cs # frame: app ?>
<?cs # Somebody else changed the draft: Deal.{Action,Button,Saved}, .Changed.n of layout/form.cs conflict(), .Typed.n.{Field,Value}. ?>
<?cs call:head() ?>
<?cs call:confirm("{{Somebody else saved this registration meanwhile.}}", "{{Both versions are shown below. Nothing is lost: choose for each field which one stays. Files that you chose must be chosen again.}}") ?>
<form action="<?cs var:Deal.Action ?>" method="post" class="fw-stack" novalidate>
<input type="hidden" name="form_token" value="<?cs var:Form.Token ?>">
<?cs each:typed = Deal.Typed ?><?cs call:hidden(typed.Field, typed.Value) ?><?cs /each ?>
<section class="card" aria-label="{{Both versions}}"><?cs if:subcount(Deal.Changed) ?><?cs call:conflict(Deal.Changed) ?><?cs else ?><div class="fw-card-b"><p class="m-0">{{What you typed and what is saved are the same.}}</p></div><?cs /if ?></section>
<?cs call:savebar_begin() ?><?cs if:Deal.Amends ?><?cs call:submit("{{Change}}", "pencil", "submit", "primary") ?><?cs elif:Deal.Button == "submit" ?><?cs call:submit("{{Submit}}", "send", "submit", "primary") ?><?cs call:submit("{{Save draft}}", "", "save", "normal") ?><?cs else ?><?cs call:submit("{{Save draft}}", "check", "save", "primary") ?><?cs /if ?><?cs if:Deal.Amends ?><?cs call:savebar_end("") ?><?cs else ?><?cs call:savebar_end("{{What you chose becomes the draft.}}") ?><?cs /if ?>
</form>
