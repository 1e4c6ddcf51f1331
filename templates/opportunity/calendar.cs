<?cs # frame: app ?>
<?cs # The address for a calendar program, shown once: Calendar.{Address,Back}. ?>
<?cs call:head() ?>
<div class="fw-note mb-3" data-tone="wait"><?cs call:icon("key") ?><p>{{Copy it now: it is shown once. Whoever has it can read your next steps and tasks; a new one ends it.}}</p></div>
<?cs call:card_begin("address", "{{Address}}") ?><label class="form-label" for="calendar-address">{{Subscribe to this address in your calendar program}}</label><input class="form-control" id="calendar-address" readonly value="<?cs var:Calendar.Address ?>"><p class="fw-s fw-2 mt-2 mb-0">{{Calendar programs read it anew every few hours.}}</p><?cs call:card_end() ?>
<p class="mt-3"><?cs call:button_link(Calendar.Back, "{{Back to my next steps}}", "arrow-left", "normal") ?></p>
