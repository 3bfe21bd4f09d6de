#include "servers/email/mime/mail.hpp"

#include <glib.h>

#include <algorithm>
#include <chrono>
#include <string_view>

#include "servers/email/mime/gmime.hpp"
#include "servers/email/mime/parts.hpp"
#include "servers/email/mime/utf8.hpp"

namespace email {
namespace {

constexpr std::size_t kHeadersMax = 500;
constexpr std::size_t kHeaderNameMax = 100;
constexpr std::size_t kHeaderValueMax = 4000;
constexpr std::size_t kRawHeadersMax = 64 * 1024;
constexpr std::size_t kSubjectMax = 1000;
constexpr std::size_t kAddressesMax = 500;
constexpr std::size_t kAddressNameMax = 200;
constexpr std::size_t kAddressMax = 320;
constexpr std::size_t kReferencesMax = 200;
constexpr std::size_t kMessageIdMax = 500;

/// Without the byte order mark that some programs put before everything.
std::string_view without_mark(std::string_view text) {
  constexpr std::string_view kMark = "\xEF\xBB\xBF";
  return text.starts_with(kMark) ? text.substr(kMark.size()) : text;
}

std::string without_brackets(std::string_view id) {
  const std::size_t open = id.find('<');
  if (open != std::string_view::npos) id.remove_prefix(open + 1);
  return clean_line(id.substr(0, id.find('>')), kMessageIdMax);
}

void append_addresses(InternetAddressList* list, std::vector<Mail::Address>& out, int depth) {
  constexpr int kGroupDepthMax = 3;
  const int length = list == nullptr ? 0 : internet_address_list_length(list);
  for (int i = 0; i < length && out.size() < kAddressesMax; ++i) {
    InternetAddress* address = internet_address_list_get_address(list, i);
    if (INTERNET_ADDRESS_IS_GROUP(address) && depth < kGroupDepthMax) {
      append_addresses(internet_address_group_get_members(INTERNET_ADDRESS_GROUP(address)), out,
                       depth + 1);
    } else if (INTERNET_ADDRESS_IS_MAILBOX(address)) {
      out.push_back({.name = clean_line(view(internet_address_get_name(address)), kAddressNameMax),
                     .email = clean_line(
                         view(internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(address))),
                         kAddressMax)});
    }
  }
}

std::vector<Mail::Address> addresses(GMimeMessage* message, GMimeAddressType type) {
  std::vector<Mail::Address> out;
  append_addresses(g_mime_message_get_addresses(message, type), out, 0);
  return out;
}

std::optional<common::Time> date_of(GMimeMessage* message) {
  GDateTime* date = g_mime_message_get_date(message);
  if (date == nullptr) return std::nullopt;
  const std::chrono::sys_seconds at{std::chrono::seconds(g_date_time_to_unix(date))};
  return common::instant(at,
                         std::chrono::seconds(g_date_time_get_utc_offset(date) / G_USEC_PER_SEC));
}

std::vector<std::string> ids_of(GMimeMessage* message, const char* header) {
  struct FreeReferences {
    void operator()(GMimeReferences* ids) const { g_mime_references_free(ids); }
  };
  std::vector<std::string> out;
  const char* value = g_mime_object_get_header(GMIME_OBJECT(message), header);
  if (value == nullptr) return out;
  const std::unique_ptr<GMimeReferences, FreeReferences> ids(
      g_mime_references_parse(nullptr, value));
  const int length = g_mime_references_length(ids.get());
  // The newest are at the end and matter most.
  for (int i = std::max(0, length - static_cast<int>(kReferencesMax)); i < length; ++i) {
    std::string id =
        clean_line(view(g_mime_references_get_message_id(ids.get(), i)), kMessageIdMax);
    if (!id.empty()) out.push_back(std::move(id));
  }
  return out;
}

void read_header_list(GMimeMessage* message, Mail& mail) {
  GMimeHeaderList* headers = g_mime_object_get_header_list(GMIME_OBJECT(message));
  const int count = g_mime_header_list_get_count(headers);
  for (int i = 0; i < count; ++i) {
    if (mail.headers.size() >= kHeadersMax) {
      mail.cut.push_back("only the first " + std::to_string(kHeadersMax) + " headers were read");
      return;
    }
    GMimeHeader* header = g_mime_header_list_get_header_at(headers, i);
    mail.headers.push_back(
        {.name = clean_line(view(g_mime_header_get_name(header)), kHeaderNameMax),
         .value = clean_line(view(g_mime_header_get_value(header)), kHeaderValueMax)});
  }
}

bool is_header_line(std::string_view line) {
  if (line.starts_with(' ') || line.starts_with('\t')) return true;
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) return false;
  return std::ranges::all_of(line.substr(0, colon), [](char c) { return c > ' ' && c <= '~'; });
}

/// Where the header block ends: at the first line, empty or not, that cannot belong to it.
std::size_t header_end(std::string_view bytes) {
  std::size_t at = 0;
  while (at < bytes.size()) {
    const std::size_t line_end = bytes.find('\n', at);
    const std::string_view line = bytes.substr(at, line_end - at);
    const bool mbox_mark = at == 0 && line.starts_with("From ");
    if (!mbox_mark && !is_header_line(line)) return at;
    if (line_end == std::string_view::npos) return bytes.size();
    at = line_end + 1;
  }
  return at;
}

/// GMime takes a line without colon for a header; people who forgot the empty line meant their
/// text.
std::string with_empty_line(std::string_view bytes, std::size_t end) {
  std::string out(bytes);
  const bool blank = bytes.substr(end).starts_with('\n') || bytes.substr(end).starts_with("\r\n");
  if (!blank && end < bytes.size()) out.insert(end, "\n");
  return out;
}

void read_headers(GMimeMessage* message, Mail& mail) {
  mail.message_id = without_brackets(view(g_mime_message_get_message_id(message)));
  if (mail.message_id.empty())
    mail.message_id =
        without_brackets(view(g_mime_object_get_header(GMIME_OBJECT(message), "Message-ID")));
  mail.in_reply_to = ids_of(message, "In-Reply-To");
  mail.references = ids_of(message, "References");
  mail.date = date_of(message);
  mail.from = addresses(message, GMIME_ADDRESS_TYPE_FROM);
  mail.reply_to = addresses(message, GMIME_ADDRESS_TYPE_REPLY_TO);
  mail.to = addresses(message, GMIME_ADDRESS_TYPE_TO);
  mail.cc = addresses(message, GMIME_ADDRESS_TYPE_CC);
  mail.bcc = addresses(message, GMIME_ADDRESS_TYPE_BCC);
  mail.subject = clean_line(view(g_mime_message_get_subject(message)), kSubjectMax);
  read_header_list(message, mail);
}

bool same_name(std::string_view a, std::string_view b) {
  return std::ranges::equal(
      a, b, [](char x, char y) { return g_ascii_tolower(x) == g_ascii_tolower(y); });
}

}  // namespace

std::string_view Mail::header(std::string_view name) const {
  for (const Header& header : headers)
    if (same_name(header.name, name)) return header.value;
  return {};
}

Mail read_mail(std::string_view bytes) {
  start_gmime();
  bytes = without_mark(bytes);
  const ParserOptions options = tolerant_options();
  const std::size_t end = header_end(bytes);
  const Ref<GMimeMessage> message = parse_message(with_empty_line(bytes, end), options.get());
  Mail mail;
  mail.raw_headers = clean_text(bytes.substr(0, std::min(end, kRawHeadersMax)));
  read_headers(message.get(), mail);
  read_parts(message.get(), mail);
  return mail;
}

std::optional<std::string> read_attachment(std::string_view bytes, std::size_t index,
                                           std::size_t max_bytes) {
  start_gmime();
  bytes = without_mark(bytes);
  const ParserOptions options = tolerant_options();
  const Ref<GMimeMessage> message =
      parse_message(with_empty_line(bytes, header_end(bytes)), options.get());
  return attachment_content(message.get(), index, max_bytes);
}

}  // namespace email
