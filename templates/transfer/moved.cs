<?cs # frame: app ?>
<?cs # An import that somebody else was faster with: Import.{Message,Href} ?>
<?cs call:head() ?>
<section class="card"><?cs call:empty("refresh", Import.Message, "{{Nothing was changed by what you sent.}}", Import.Href, "{{Show it as it is now}}") ?></section>
