#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schemas/common/time.hpp"
#include "servers/email/mime/mail.hpp"

namespace email {

/// A message to be written.
struct Outgoing {
  struct Attached {
    std::string name;
    std::string mime_type;  ///< "application/octet-stream" where it is not known.
    std::string bytes;
  };
  std::optional<Mail::Address> from{};
  std::vector<Mail::Address> to{};
  std::vector<Mail::Address> cc{};
  std::vector<Mail::Address> bcc{};
  std::string subject{};
  std::string text{};
  std::string message_id{};
  std::string in_reply_to{};
  std::vector<std::string> references{};
  common::Time date{};
  std::vector<Attached> attachments{};
  std::string calendar{};         ///< An iCalendar object that goes along (RFC 6047).
  std::string calendar_method{};  ///< "REPLY", "COUNTER"
};

/// The message as RFC 5322 bytes, lines ended by CR LF, 7-bit. Whatever stands in its members stays
/// in its place: no line break in a subject, name or address makes a header.
std::string write_mail(const Outgoing& mail);

/// A new Message-ID of the sender's domain, without < >.
std::string new_message_id(const std::string& domain);

/// Reads one address as a person writes it: "anna@example.com" or "Anna Nowak <anna@example.com>".
/// Nothing unless it is exactly one that mail can be sent to.
std::optional<Mail::Address> parse_address(std::string_view text);

}  // namespace email
