<?cs # frame: app ?>
<?cs # Open opportunities by stage: Board.{Base,MayEdit,Many,Back,Tabs.n,Views.n,RowsHtml}; Board.Move.{Stages.n.{Value,Label}}, and of the card that was chosen
     .{Number,Href,Name,Version}: page.js brings this form to a card of a data-board. ?>
<?cs call:head_begin() ?>
<?cs if:Board.MayEdit ?><?cs call:button_link(Board.Base + "/new", "{{New opportunity}}", "plus", "primary") ?><?cs /if ?>
<?cs call:head_end() ?>
<?cs call:tabs(Board.Tabs, "{{Ways to look at opportunities}}") ?>
<div class="mb-3"><?cs call:chips(Board.Views, "{{Whose}}") ?></div>
<?cs if:Board.Many ?><p class="fw-s fw-2">{{More is open than a board sums up.}} <a href="<?cs var:Board.Base ?>/figures">{{Numbers and amounts by stage}}</a></p><?cs /if ?>
<?cs if:Board.MayEdit ?><p class="fw-s fw-2 fw-scripted" id="board-help">{{Drag a card, open “Move” in it, or choose a card and press the left or right arrow key.}}</p>
<form class="fw-move" id="move" action="<?cs var:Board.Move.Href ?>/stage" method="post"<?cs if:!Board.Move.Href ?> hidden<?cs /if ?>><input type="hidden" name="form_token" value="<?cs var:Form.Token ?>"><?cs call:hidden("row_version", Board.Move.Version) ?><?cs call:hidden("back", Board.Back) ?><?cs if:Board.Move.Href ?><p><a class="fw-id" href="<?cs var:Board.Move.Href ?>"><?cs var:Board.Move.Number ?></a> <?cs var:Board.Move.Name ?></p><?cs /if ?><label for="move-stage">{{New stage}}</label><select class="form-select" id="move-stage" name="stage"><?cs each:stage = Board.Move.Stages ?><option value="<?cs var:stage.Value ?>"><?cs var:stage.Label ?></option><?cs /each ?></select><button class="btn fw-btn btn-sm" type="submit">{{Move}}</button></form><?cs /if ?>
<div class="fw-board" id="board" role="group" aria-label="{{Board}}" tabindex="0"<?cs if:Board.MayEdit ?> data-board<?cs /if ?>><?cs uvar:Board.RowsHtml ?></div>
