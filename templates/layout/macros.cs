<?cs # The macros that every page and frame may call; mails have those of their frame. ?>
<?cs include:"layout/base.cs" ?>
<?cs include:"layout/form.cs" ?>
<?cs include:"layout/lead.cs" ?>
<?cs include:"layout/account.cs" ?>
<?cs include:"layout/list.cs" ?>
<?cs include:"layout/bin.cs" ?>
<?cs include:"layout/record.cs" ?>
<?cs include:"layout/chart.cs" ?>
<?cs include:"layout/fault.cs" ?>
<?cs include:"layout/identity.cs" ?>
<?cs include:"layout/event.cs" ?>
<?cs include:"layout/failed.cs" ?>
<?cs include:"layout/rules.cs" ?>
<?cs include:"layout/publishing.cs" ?>
