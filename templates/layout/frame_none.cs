<?cs # No frame: a fragment with the macros that every page has. ?>
<?cs include:"layout/base.cs" ?>
<?cs include:Page.Template ?>
