<?cs # frame: none ?>
<?cs # A status alone: Status.{Tone,Icon,Label} ?>
<?cs call:status(Status) ?>
