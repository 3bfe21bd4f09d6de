#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "servers/email/mime/gmime.hpp"
#include "servers/email/mime/mail.hpp"

namespace email {

/// Walks the MIME tree: text, links, attachments and the calendar part of `mail`.
void read_parts(GMimeMessage* message, Mail& mail);

/// The decoded bytes of what read_parts lists as attachments[index].
std::optional<std::string> attachment_content(GMimeMessage* message, std::size_t index,
                                              std::size_t max_bytes);

}  // namespace email
