-- What of the vendor's own fields partners see: the programs of partners read and write these views alone, so that a
-- field of the vendor's staff cannot be forgotten in a statement.
CREATE SQL SECURITY DEFINER VIEW custom_field_shared AS
    SELECT id, kind, type, code, name_en, name_zh, hint_en, hint_zh, least, most, required, filterable, audience, sort,
        active, used
    FROM custom_field WHERE active = 1 AND audience <> 'staff' WITH CHECK OPTION;
CREATE SQL SECURITY DEFINER VIEW custom_option_shared AS
    SELECT id, field_id, code, name_en, name_zh, sort, active FROM custom_option
    WHERE field_id IN (SELECT f.id FROM custom_field f WHERE f.audience <> 'staff');
CREATE SQL SECURITY DEFINER VIEW custom_value_shared AS
    SELECT kind, object_id, field_id, text_value, number_value, day_value FROM custom_value
    WHERE field_id IN (SELECT f.id FROM custom_field f WHERE f.active = 1 AND f.audience <> 'staff');
CREATE SQL SECURITY DEFINER VIEW custom_value_edited AS
    SELECT kind, object_id, field_id, text_value, number_value, day_value FROM custom_value
    WHERE field_id IN (SELECT f.id FROM custom_field f WHERE f.active = 1 AND f.audience = 'edits')
    WITH CHECK OPTION;
