#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schemas/common/time.hpp"

namespace email {

/// One message as somebody sent it, decoded. Hostile mail is the normal case, so every string here
/// is valid UTF-8 without control characters (one-line strings hold no line break either), every
/// list and text has a limit, and `cut` says in words what a limit left out. Nothing here is to be
/// believed: the sender wrote it all.
struct Mail {
  struct Address {
    std::string name;   ///< Decoded display name; may be empty.
    std::string email;  ///< As written: "anna@example.com". May be empty or nonsense.
    friend bool operator==(const Address&, const Address&) = default;
  };
  struct Attachment {
    std::string name;  ///< Decoded; may be empty or look like a path. Never used as one.
    std::string mime_type;
    std::int64_t size{};  ///< Decoded bytes.
    friend bool operator==(const Attachment&, const Attachment&) = default;
  };
  struct Link {
    std::string text;
    std::string url;
    bool mismatch{};  ///< The text names one host, the address leads to another.
    friend bool operator==(const Link&, const Link&) = default;
  };
  struct Header {
    std::string name;   ///< As written.
    std::string value;  ///< Unfolded, RFC 2047 words decoded.
  };

  std::string message_id;                ///< Without < >.
  std::vector<std::string> in_reply_to;  ///< Without < >.
  std::vector<std::string> references;   ///< Oldest first, without < >.
  std::optional<common::Time> date;      ///< Of the header Date, with its offset.
  std::vector<Address> from;
  std::vector<Address> reply_to;
  std::vector<Address> to;
  std::vector<Address> cc;
  std::vector<Address> bcc;
  std::string subject;
  std::vector<Header> headers;  ///< All of them, in order.
  std::string raw_headers;      ///< The header block as it stands in the file, lines ended by LF.

  /// What a person reads: plain text where the message has any, else its HTML as text (blocks
  /// become lines, quotes get "> ", hidden text is dropped). format=flowed is unfolded. Lines end
  /// with LF.
  std::string text;
  bool text_from_html{};
  bool has_html{};
  bool has_hidden_text{};   ///< The HTML held words that no reader would have shown.
  std::vector<Link> links;  ///< Of the HTML, also where `text` is the plain version.
  std::vector<Attachment> attachments;
  std::string calendar;  ///< The first text/calendar (or .ics) part, decoded.
  std::vector<std::string> cut;

  /// The value of the first header of that name (ASCII case does not matter), or "".
  std::string_view header(std::string_view name) const;
};

/// Reads one message as it stands in a file. Never fails: what cannot be understood is empty.
Mail read_mail(std::string_view bytes);

/// The decoded bytes of the attachment mail.attachments[index] of the same message, up to
/// `max_bytes`; nothing if there is no such attachment or it is larger.
std::optional<std::string> read_attachment(std::string_view bytes, std::size_t index,
                                           std::size_t max_bytes);

}  // namespace email
