-- Certificates are listed by course, the one that ends first on top.
ALTER TABLE certificate ADD KEY certificate_course (course_en, expires_on, id);
