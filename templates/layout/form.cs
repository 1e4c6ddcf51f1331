<?cs # Form fields.  F is Form.F.NAME as README.md describes it; WIDTH is a class of the six-column grid or "".
     The text of a fault stands once, at its field; the note at the top counts and links. ?>

<?cs # Attributes that tell a screen reader about hint and fault. ?>
<?cs def:field_aria(f, hint) ?><?cs if:f.Fault ?> aria-invalid="true"<?cs /if ?><?cs if:f.Fault || hint ?> aria-describedby="<?cs if:f.Fault ?><?cs var:f.Name ?>-err<?cs /if ?><?cs if:f.Fault && hint ?> <?cs /if ?><?cs if:hint ?><?cs var:f.Name ?>-hint<?cs /if ?>"<?cs /if ?><?cs /def ?>

<?cs def:field_mark(f) ?><?cs if:f.Optional ?> <span class="fw-opt-mark">{{(optional)}}</span><?cs /if ?><?cs /def ?>

<?cs def:field_label(f) ?><label class="form-label" for="<?cs var:f.Name ?>"><?cs var:f.Label ?><?cs call:field_mark(f) ?></label><?cs /def ?>

<?cs def:field_foot(f, hint) ?><?cs if:hint ?><div class="form-hint" id="<?cs var:f.Name ?>-hint"><?cs var:hint ?></div><?cs /if ?><?cs if:f.Fault ?><div class="fw-err" id="<?cs var:f.Name ?>-err"><?cs call:icon_s("alert-circle") ?><span><?cs var:f.Fault ?></span></div><?cs /if ?><?cs /def ?>

<?cs # The note that counts the faults; the page's script moves the focus to it. ?>
<?cs def:form_faults(form) ?><?cs if:form.Faults.Count ?><div class="fw-note" data-tone="bad" role="alert" tabindex="-1" data-focus><?cs call:icon("alert-circle") ?><div><p><strong><?cs var:form.Faults.Title ?></strong></p><ul class="fw-links"><?cs each:fault = form.Faults.Items ?><li><?cs if:fault.Field ?><a href="#<?cs var:fault.Field ?>"><?cs var:fault.Label ?></a><?cs else ?><?cs var:fault.Text ?><?cs /if ?></li><?cs /each ?></ul></div></div><?cs /if ?><?cs /def ?>

<?cs def:form_head() ?><input type="hidden" name="form_token" value="<?cs var:Form.Token ?>">
<?cs call:form_faults(Form) ?><?cs /def ?>

<?cs def:hidden(field_name, value) ?><input type="hidden" name="<?cs var:field_name ?>" value="<?cs var:value ?>"><?cs /def ?>

<?cs def:field_input(f, hint, kind, autocomplete) ?><input class="form-control<?cs if:f.Type == "money" || f.Type == "int" ?> num<?cs /if ?>" type="<?cs var:kind ?>" id="<?cs var:f.Name ?>" name="<?cs var:f.Name ?>"<?cs if:kind != "password" ?> value="<?cs var:f.Value ?>"<?cs /if ?><?cs if:f.Type == "money" ?> inputmode="decimal"<?cs elif:f.Type == "int" ?> inputmode="numeric"<?cs /if ?><?cs if:f.Max ?> maxlength="<?cs var:f.Max ?>"<?cs /if ?><?cs if:f.Min ?> min="<?cs var:f.Min ?>"<?cs /if ?><?cs if:f.Most ?> max="<?cs var:f.Most ?>"<?cs /if ?><?cs if:autocomplete ?> autocomplete="<?cs var:autocomplete ?>"<?cs /if ?><?cs call:field_aria(f, hint) ?>><?cs /def ?>

<?cs def:field_rows(f, width, hint, rows) ?><div class="<?cs var:width ?>"><?cs call:field_label(f) ?><textarea class="form-control" id="<?cs var:f.Name ?>" name="<?cs var:f.Name ?>" rows="<?cs var:rows ?>"<?cs if:f.Max ?> maxlength="<?cs var:f.Max ?>"<?cs /if ?><?cs call:field_aria(f, hint) ?>>
<?cs var:f.Value ?></textarea><?cs call:field_foot(f, hint) ?></div><?cs /def ?>

<?cs def:field_select(f, width, hint, none) ?><div class="<?cs var:width ?>"><?cs call:field_label(f) ?><select class="form-select" id="<?cs var:f.Name ?>" name="<?cs var:f.Name ?>"<?cs call:field_aria(f, hint) ?>><?cs if:none ?><option value=""><?cs var:none ?></option><?cs /if ?><?cs each:option = f.Options ?><option value="<?cs var:option.Value ?>"<?cs if:option.Value == f.Value ?> selected<?cs /if ?>><?cs var:option.Label ?></option><?cs /each ?></select><?cs call:field_foot(f, hint) ?></div><?cs /def ?>

<?cs def:field_check(f, hint) ?><div class="fw-f6"><label class="form-check"><input class="form-check-input" type="checkbox" id="<?cs var:f.Name ?>" name="<?cs var:f.Name ?>" value="1"<?cs if:f.Value ?> checked<?cs /if ?><?cs call:field_aria(f, hint) ?>><span class="form-check-label"><?cs var:f.Label ?></span></label><?cs call:field_foot(f, hint) ?></div><?cs /def ?>

<?cs def:field_password(f, width, hint, autocomplete) ?><div class="<?cs var:width ?>"><?cs call:field_label(f) ?><?cs call:field_input(f, hint, "password", autocomplete) ?><?cs call:field_foot(f, hint) ?></div><?cs /def ?>

<?cs # What page.js shows below a file input when the files are more than the portal takes. ?>
<?cs def:file_too_large(id) ?><div class="fw-err" id="<?cs var:id ?>-most" role="alert" hidden><?cs call:icon_s("alert-circle") ?><span>{{More than 25 MiB together. Choose smaller files, or send them one by one.}}</span></div><?cs /def ?>

<?cs def:field_file(f, width, hint, accept) ?><div class="<?cs var:width ?>"><?cs call:field_label(f) ?><input class="form-control" type="file" id="<?cs var:f.Name ?>" name="<?cs var:f.Name ?>" data-most="26214400"<?cs if:f.Many ?> multiple<?cs /if ?><?cs if:accept ?> accept="<?cs var:accept ?>"<?cs /if ?><?cs call:field_aria(f, hint) ?>><?cs call:field_foot(f, hint) ?><?cs call:file_too_large(f.Name) ?></div><?cs /def ?>

<?cs # Where page.js put back what was typed before a session ended. ?>
<?cs def:put_back() ?><div class="fw-note" data-tone="info" role="status" data-put-back hidden><?cs call:icon("info-circle") ?><p>{{What you typed before you logged in again is back. It is not saved yet; choose files again.}}</p></div><?cs /def ?>

<?cs # The right input for the field's type. ?>
<?cs def:field(f, width, hint, autocomplete) ?><?cs
 if:f.Type == "lines" ?><?cs call:field_rows(f, width, hint, "4") ?><?cs
 elif:f.Type == "choice" ?><?cs call:field_select(f, width, hint, "") ?><?cs
 elif:f.Type == "flag" ?><?cs call:field_check(f, hint) ?><?cs
 elif:f.Type == "files" ?><?cs call:field_file(f, width, hint, "") ?><?cs
 elif:f.Type == "password" ?><?cs call:field_password(f, width, hint, autocomplete) ?><?cs
 elif:f.Type == "hidden" ?><?cs call:hidden(f.Name, f.Value) ?><?cs
 else ?><div class="<?cs var:width ?>"><?cs call:field_label(f) ?><?cs
  if:f.Type == "date" || f.Type == "email" || f.Type == "tel" ?><?cs call:field_input(f, hint, f.Type, autocomplete) ?><?cs
  else ?><?cs call:field_input(f, hint, "text", autocomplete) ?><?cs /if ?><?cs call:field_foot(f, hint) ?></div><?cs /if ?><?cs /def ?>

<?cs # The vendor's own fields of a record: FORM.More.n, each as wide as it needs. ?>
<?cs def:fields_more(form) ?><?cs each:f = form.More ?><?cs if:f.Type == "choice" ?><?cs call:field_select(f, "fw-f3", f.Hint, "{{None}}") ?><?cs elif:f.Type == "lines" ?><?cs call:field(f, "fw-f6", f.Hint, "off") ?><?cs else ?><?cs call:field(f, "fw-f3", f.Hint, "off") ?><?cs /if ?><?cs /each ?><?cs /def ?>

<?cs # Choices in a row.  The first one carries the field's id, so that the note can lead there. ?>
<?cs def:field_radio(f, width, hint) ?><fieldset class="<?cs var:width ?>"<?cs call:field_aria(f, hint) ?>><legend><?cs var:f.Label ?><?cs call:field_mark(f) ?></legend><div class="fw-row"><?cs each:option = f.Options ?><label class="form-check"><input class="form-check-input" type="radio" name="<?cs var:f.Name ?>" value="<?cs var:option.Value ?>"<?cs if:first(option) ?> id="<?cs var:f.Name ?>"<?cs /if ?><?cs if:option.Value == f.Value ?> checked<?cs /if ?>><span class="form-check-label"><?cs var:option.Label ?></span></label><?cs /each ?></div><?cs call:field_foot(f, hint) ?></fieldset><?cs /def ?>

<?cs # Choices with consequences: title, and below it what it will do (Help). ?>
<?cs def:field_radio_cards(f, hint) ?><fieldset class="fw-f6"<?cs call:field_aria(f, hint) ?>><legend><?cs var:f.Label ?><?cs call:field_mark(f) ?></legend><div class="fw-dec"><?cs each:option = f.Options ?><div class="fw-radio"><input type="radio" name="<?cs var:f.Name ?>" value="<?cs var:option.Value ?>" id="<?cs var:f.Name ?><?cs if:!first(option) ?>-<?cs var:option.Value ?><?cs /if ?>"<?cs if:option.Value == f.Value ?> checked<?cs /if ?>><label for="<?cs var:f.Name ?><?cs if:!first(option) ?>-<?cs var:option.Value ?><?cs /if ?>"><?cs var:option.Label ?></label><?cs if:option.Help ?><p><?cs var:option.Help ?></p><?cs /if ?></div><?cs /each ?></div><?cs call:field_foot(f, hint) ?></fieldset><?cs /def ?>

<?cs # Check boxes of a repeated choice. ?>
<?cs def:field_checks(f, width, hint) ?><fieldset class="<?cs var:width ?>"<?cs call:field_aria(f, hint) ?>><legend><?cs var:f.Label ?><?cs call:field_mark(f) ?></legend><?cs each:option = f.Options ?><label class="form-check"><input class="form-check-input" type="checkbox" name="<?cs var:f.Name ?>" value="<?cs var:option.Value ?>"<?cs if:first(option) ?> id="<?cs var:f.Name ?>"<?cs /if ?><?cs if:f.Chosen[option.Value] ?> checked<?cs /if ?>><span class="form-check-label"><?cs var:option.Label ?></span><?cs if:option.Help ?><span class="form-check-description d-block"><?cs var:option.Help ?></span><?cs /if ?></label><?cs /each ?><?cs call:field_foot(f, hint) ?></fieldset><?cs /def ?>

<?cs def:submit(label, id, do, kind) ?><button class="<?cs call:button_class(kind) ?>" type="submit"<?cs if:do ?> name="do" value="<?cs var:do ?>"<?cs /if ?>><?cs if:id ?><?cs call:icon(id) ?><?cs /if ?><?cs var:label ?></button><?cs /def ?>

<?cs def:savebar_begin() ?><div class="fw-savebar"><?cs /def ?>
<?cs def:savebar_end(sentence) ?><?cs if:sentence ?><span class="fw-s fw-2 fw-hide-s"><?cs var:sentence ?></span><?cs /if ?></div><?cs /def ?>

<?cs # Head of a page that asks before something that cannot be undone: the question, and what it will do in
     figures.  The form with its buttons follows. ?>
<?cs def:confirm(question, consequence) ?><div class="fw-note mb-3" data-tone="wait"><?cs call:icon("alert-triangle") ?><div><p><strong><?cs var:question ?></strong></p><?cs if:consequence ?><p><?cs var:consequence ?></p><?cs /if ?></div></div><?cs /def ?>

<?cs # Somebody else changed the record meanwhile: C.n.{Label,Field,Yours,Theirs}; the choice for each field goes
     out as keep_FIELD = yours or theirs. ?>
<?cs def:conflict(c) ?><table class="fw-table fw-stackable fw-diff"><caption>{{Both versions are shown; choose for each field which one stays.}}</caption><thead><tr><th scope="col">{{Field}}</th><th scope="col">{{Yours}}</th><th scope="col">{{Saved meanwhile}}</th></tr></thead><tbody><?cs each:line = c ?><tr><th scope="row"><?cs var:line.Label ?></th><td data-label="{{Yours}}"><label class="form-check"><input class="form-check-input" type="radio" name="<?cs if:line.Name ?><?cs var:line.Name ?><?cs else ?>keep_<?cs var:line.Field ?><?cs /if ?>" value="yours" checked><span class="form-check-label"><?cs var:line.Yours ?></span></label></td><td data-label="{{Saved meanwhile}}"><label class="form-check"><input class="form-check-input" type="radio" name="<?cs if:line.Name ?><?cs var:line.Name ?><?cs else ?>keep_<?cs var:line.Field ?><?cs /if ?>" value="theirs"><span class="form-check-label"><?cs var:line.Theirs ?></span></label></td></tr><?cs /each ?></tbody></table><?cs /def ?>
