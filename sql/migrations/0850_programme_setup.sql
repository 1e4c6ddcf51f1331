-- What staff set up of the programme: questions to applicants, steps of the checklist, tiers, benefits.

ALTER TABLE application_question ADD row_version BIGINT NOT NULL DEFAULT 1;

-- required: a partner is not activated before it is verified.
ALTER TABLE onboarding_step
    ADD required TINYINT(1) NOT NULL DEFAULT 1 AFTER text_zh,
    ADD row_version BIGINT NOT NULL DEFAULT 1;

-- question_id: a question that was answered is no longer asked, instead of deleted.
ALTER TABLE application_answer
    ADD question_id BIGINT NULL,
    ADD KEY application_answer_question (question_id),
    ADD CONSTRAINT application_answer_question FOREIGN KEY (question_id) REFERENCES application_question (id);
UPDATE application_answer x JOIN application_question q ON q.text_en = x.question_en SET x.question_id = q.id;
