-- Whether a message that comes again was refused for the same before.
CREATE INDEX rejected_messages_by_message ON rejected_messages (project_id, message_id);
