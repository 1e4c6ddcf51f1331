<?cs # Parts of a record: its clock, its progress, its history; and the list of what waits. ?>

<?cs # C.{Tone,Icon,Text,Iso}; with C.Max a bar of what is used: C.{Value,Max,Label}, whole numbers. ?>
<?cs def:clock(c) ?><span class="fw-clock" data-tone="<?cs var:c.Tone ?>"><?cs call:icon_s(c.Icon) ?><?cs if:c.Iso ?><time datetime="<?cs var:c.Iso ?>"><?cs var:c.Text ?></time><?cs else ?><?cs var:c.Text ?><?cs /if ?></span><?cs if:c.Max ?><progress class="fw-progress" data-tone="<?cs var:c.Tone ?>" value="<?cs var:c.Value ?>" max="<?cs var:c.Max ?>" aria-label="<?cs var:c.Label ?>"></progress><?cs /if ?><?cs /def ?>

<?cs # Protection, cover, any span of days: B.{Tone,Value,Max,Label,From,Until}. ?>
<?cs def:span_bar(b) ?><progress class="fw-progress" data-tone="<?cs var:b.Tone ?>" value="<?cs var:b.Value ?>" max="<?cs var:b.Max ?>" aria-label="<?cs var:b.Label ?>"></progress><div class="fw-scale"><span><?cs var:b.From ?></span><span><?cs var:b.Until ?></span></div><?cs /def ?>

<?cs # T.n.{Label,When,Done,Current} ?>
<?cs def:track(t, label) ?><section aria-label="<?cs var:label ?>"><ol class="fw-track"><?cs each:step = t ?><li<?cs if:step.Done ?> data-done<?cs /if ?><?cs if:step.Current ?> aria-current="step"<?cs /if ?>><?cs var:step.Label ?><?cs if:step.When ?><br><span class="fw-2"><?cs var:step.When ?></span><?cs /if ?></li><?cs /each ?></ol></section><?cs /def ?>

<?cs # T.n.{Tone,Icon,Title,Text,Who,At.Text,At.Iso} ?>
<?cs def:timeline(t) ?><ol class="fw-line"><?cs each:event = t ?><li><span class="fw-node"<?cs if:event.Tone ?> data-tone="<?cs var:event.Tone ?>"<?cs /if ?>><?cs call:icon(event.Icon) ?></span><p class="fw-b"><?cs var:event.Title ?></p><?cs if:event.Text ?><p><?cs var:event.Text ?></p><?cs /if ?><?cs if:event.Who || event.At.Text ?><p class="fw-s fw-2"><?cs var:event.Who ?><?cs if:event.Who && event.At.Text ?> · <?cs /if ?><?cs if:event.At.Text ?><?cs call:at(event.At) ?><?cs /if ?></p><?cs /if ?></li><?cs /each ?></ol><?cs /def ?>

<?cs # What waits, soonest first: W.n.{Tone,Icon,Title,Lang,Text,Clock or Next,Href,Action} ?>
<?cs def:work(w) ?><ul class="fw-work"><?cs each:item = w ?><li><span class="fw-dot" data-tone="<?cs var:item.Tone ?>"><?cs call:icon(item.Icon) ?></span><div><p class="fw-t"<?cs if:item.Lang ?> lang="<?cs var:item.Lang ?>"<?cs /if ?>><?cs var:item.Title ?></p><p class="fw-s fw-2"><?cs var:item.Text ?></p></div><?cs if:item.Clock.Text ?><?cs call:clock(item.Clock) ?><?cs elif:item.Next.Text ?><?cs call:clock(item.Next) ?><?cs else ?><span></span><?cs /if ?><a class="btn fw-btn btn-sm" href="<?cs var:item.Href ?>"><?cs var:item.Action ?><span class="visually-hidden">: <?cs var:item.Title ?></span></a></li><?cs /each ?></ul><?cs /def ?>

<?cs # A figure that opens the list behind it: S.{Label,Value,Note,Href} ?>
<?cs def:stat(s) ?><<?cs if:s.Href ?>a href="<?cs var:s.Href ?>" class="card fw-card-link fw-stat"<?cs else ?>div class="card fw-stat"<?cs /if ?>><span><?cs var:s.Label ?></span><b><?cs var:s.Value ?></b><?cs if:s.Note ?><span class="fw-s fw-2"><?cs var:s.Note ?></span><?cs /if ?></<?cs if:s.Href ?>a<?cs else ?>div<?cs /if ?>><?cs /def ?>

<?cs # C.n.{Label,Href,Current,Count} ?>
<?cs def:chips(c, label) ?><nav aria-label="<?cs var:label ?>"><ul class="fw-chips"><?cs each:chip = c ?><li><a class="fw-chip" href="<?cs var:chip.Href ?>"<?cs if:chip.Current ?> aria-current="page"<?cs /if ?>><?cs var:chip.Label ?><?cs call:count(chip.Count) ?></a></li><?cs /each ?></ul></nav><?cs /def ?>

<?cs # A comment of a thread: M.{Tone,Who,Role,At,Text}; TEXT's lines are kept by the style sheet. ?>
<?cs def:message(m) ?><article class="fw-msg"<?cs if:m.Tone ?> data-tone="<?cs var:m.Tone ?>"<?cs /if ?>><header><span class="fw-b"><?cs var:m.Who ?></span><?cs if:m.Role ?><span class="fw-s fw-2"><?cs var:m.Role ?></span><?cs /if ?><span class="fw-s fw-2 fw-end"><?cs call:at(m.At) ?></span></header><div class="fw-lines"><?cs var:m.Text ?></div></article><?cs /def ?>
<?cs # Mails about this record, on and off. ?>
<?cs def:mute_card(href, muted) ?><?cs call:card_begin("mails", "{{Mails about this}}") ?><?cs if:muted ?><p>{{You get no mails about this. The portal tells you all the same, and mails that must be sent are sent.}}</p><form action="<?cs var:href ?>/unmute" method="post"><input type="hidden" name="form_token" value="<?cs var:Form.Token ?>"><button class="btn fw-btn" type="submit"><?cs call:icon("bell") ?>{{Unmute}}</button></form><?cs else ?><p>{{You get mails about this as you chose under Notifications.}}</p><form action="<?cs var:href ?>/mute" method="post"><input type="hidden" name="form_token" value="<?cs var:Form.Token ?>"><button class="btn fw-btn" type="submit"><?cs call:icon("bell-off") ?>{{Mute this record}}</button></form><?cs /if ?><?cs call:card_end() ?><?cs /def ?>
