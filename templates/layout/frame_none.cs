<?cs # No frame: a fragment with the macros that every page has. ?>
<?cs include:Page.Template ?>
