<?cs # What the action before did.  Reads Page.Note. ?>
<?cs if:Page.Note.Text ?><div class="fw-note mb-3" data-tone="<?cs var:Page.Note.Tone ?>" role="status"><?cs call:tone_icon(Page.Note.Tone) ?><p><?cs var:Page.Note.Text ?></p></div><?cs /if ?>
