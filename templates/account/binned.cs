<?cs # frame: app ?>
<?cs # A company in the bin: Account as layout/bin.cs says, and Account.Kept.n.{Label,Value}. ?>
<?cs call:head() ?>
<?cs call:binned_facts(Account) ?>
<?cs if:subcount(Account.Kept) ?><?cs call:card_begin("kept", "{{Kept with it}}") ?><dl class="fw-dl"><?cs each:row = Account.Kept ?><?cs call:dl_row(row.Label, row.Value) ?><?cs /each ?></dl><?cs call:card_end() ?><?cs /if ?>
<div class="mt-3"><?cs call:binned_actions(Account) ?></div>
