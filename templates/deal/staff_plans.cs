<?cs # frame: app ?>
<?cs # Which registrations, and changes to them, need several steps, in their order: values in layout/rules.cs ?>
<?cs call:head_begin() ?><?cs if:Rules.MayEdit ?><?cs call:button_link("/staff/deals/steps/new", "{{New rule}}", "plus", "primary") ?><?cs /if ?><?cs call:button_link("/staff/deals/rules", "{{Automatic rules}}", "git-branch", "normal") ?><?cs call:head_end() ?>
<?cs call:rule_refused() ?>
<p class="fw-2">{{A registration that no automatic rule decides, or a change to an approved one, takes the steps of the first rule for it that is switched on and fits; without one, a single person decides.}}</p>
<section class="card" aria-label="{{Steps of approval}}"><?cs if:subcount(Rules.Rows) ?><?cs call:rule_table("{{Rules for steps of approval, in their order}}") ?><?cs else ?><?cs call:empty("users", "{{No rules yet}}", "{{One person decides each registration.}}", "", "") ?><?cs /if ?></section>
