<?cs # frame: app ?>
<?cs # A contact in the bin: Contact as layout/bin.cs says. ?>
<?cs call:head() ?>
<?cs call:binned_facts(Contact) ?>
<?cs call:binned_actions(Contact) ?>
