#include "servers/email/mime/compose.hpp"

#include <glib.h>

#include <algorithm>
#include <cctype>
#include <chrono>

#include "servers/email/mime/gmime.hpp"
#include "servers/email/mime/utf8.hpp"

namespace email {
namespace {

constexpr const char* kCharset = "utf-8";
constexpr std::size_t kLineMax = 2000;

std::string one_line(std::string_view text) {
  return clean_line(text, kLineMax);
}

void add_addresses(GMimeMessage* message, GMimeAddressType type,
                   const std::vector<Mail::Address>& addresses) {
  InternetAddressList* list = g_mime_message_get_addresses(message, type);
  for (const Mail::Address& address : addresses) {
    const std::string name = one_line(address.name);
    const std::string email = one_line(address.email);
    const Ref<InternetAddress> one(
        internet_address_mailbox_new(name.empty() ? nullptr : name.c_str(), email.c_str()));
    internet_address_set_charset(one.get(), kCharset);  // else a name may become iso-8859-2
    internet_address_list_add(list, one.get());
  }
}

void set_date(GMimeMessage* message, const common::Time& time) {
  struct FreeZone {
    void operator()(GTimeZone* zone) const { g_time_zone_unref(zone); }
  };
  struct FreeDate {
    void operator()(GDateTime* date) const { g_date_time_unref(date); }
  };
  const auto offset = static_cast<gint32>(time.offset.count());
  const std::unique_ptr<GTimeZone, FreeZone> zone(g_time_zone_new_offset(offset));
  const std::unique_ptr<GDateTime, FreeDate> utc(
      g_date_time_new_from_unix_utc(time.at.time_since_epoch().count()));
  const std::unique_ptr<GDateTime, FreeDate> local(g_date_time_to_timezone(utc.get(), zone.get()));
  g_mime_message_set_date(message, local.get());
}

std::string bracketed(std::string_view id) {
  return "<" + one_line(id) + ">";
}

void set_threading(GMimeMessage* message, const Outgoing& mail) {
  GMimeObject* object = GMIME_OBJECT(message);
  if (!mail.message_id.empty())
    g_mime_message_set_message_id(message, one_line(mail.message_id).c_str());
  if (!mail.in_reply_to.empty())
    g_mime_object_set_header(object, "In-Reply-To", bracketed(mail.in_reply_to).c_str(), kCharset);
  std::string references;
  for (const std::string& id : mail.references)
    references += (references.empty() ? "" : " ") + bracketed(id);
  if (!references.empty())
    g_mime_object_set_header(object, "References", references.c_str(), kCharset);
}

Ref<GMimeDataWrapper> content(std::string_view bytes) {
  const Ref<GMimeStream> stream(g_mime_stream_mem_new_with_buffer(bytes.data(), bytes.size()));
  return Ref<GMimeDataWrapper>(
      g_mime_data_wrapper_new_with_stream(stream.get(), GMIME_CONTENT_ENCODING_DEFAULT));
}

Ref<GMimeObject> text_part(const std::string& text) {
  GMimeTextPart* part = g_mime_text_part_new_with_subtype("plain");
  g_mime_text_part_set_charset(part, kCharset);
  g_mime_text_part_set_text(part, clean_text(text).c_str());
  g_mime_part_set_content_encoding(GMIME_PART(part), GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
  return Ref<GMimeObject>(GMIME_OBJECT(part));
}

Ref<GMimeObject> calendar_part(const Outgoing& mail) {
  GMimePart* part = g_mime_part_new_with_type("text", "calendar");
  GMimeObject* object = GMIME_OBJECT(part);
  g_mime_object_set_content_type_parameter(object, "charset", kCharset);
  g_mime_object_set_content_type_parameter(object, "method", mail.calendar_method.c_str());
  g_mime_part_set_content(part, content(mail.calendar).get());
  g_mime_part_set_content_encoding(part, GMIME_CONTENT_ENCODING_BASE64);
  return Ref<GMimeObject>(object);
}

Ref<GMimeObject> attachment_part(const Outgoing::Attached& attached) {
  const std::string& type = attached.mime_type;
  const std::size_t slash = type.find('/');
  const bool named = slash != std::string::npos && slash > 0 && slash + 1 < type.size();
  // As octets, whatever it is: a message or text would be re-encoded on the way.
  const bool whole = named && !type.starts_with("message/") && !type.starts_with("multipart/");
  GMimePart* part = whole ? g_mime_part_new_with_type(type.substr(0, slash).c_str(),
                                                      type.substr(slash + 1).c_str())
                          : g_mime_part_new_with_type("application", "octet-stream");
  GMimeObject* object = GMIME_OBJECT(part);
  g_mime_object_set_disposition(object, GMIME_DISPOSITION_ATTACHMENT);
  g_mime_part_set_filename(part, one_line(attached.name).c_str());
  g_mime_part_set_content(part, content(attached.bytes).get());
  g_mime_part_set_content_encoding(part, GMIME_CONTENT_ENCODING_BASE64);
  return Ref<GMimeObject>(object);
}

Ref<GMimeObject> multipart(const char* subtype, const std::vector<Ref<GMimeObject>>& parts) {
  GMimeMultipart* out = g_mime_multipart_new_with_subtype(subtype);
  for (const Ref<GMimeObject>& part : parts) g_mime_multipart_add(out, part.get());
  return Ref<GMimeObject>(GMIME_OBJECT(out));
}

Ref<GMimeObject> body_of(const Outgoing& mail) {
  Ref<GMimeObject> body = text_part(mail.text);
  if (!mail.calendar.empty()) {
    std::vector<Ref<GMimeObject>> versions;
    versions.push_back(std::move(body));
    versions.push_back(calendar_part(mail));
    body = multipart("alternative", versions);
  }
  if (mail.attachments.empty()) return body;
  std::vector<Ref<GMimeObject>> parts;
  parts.push_back(std::move(body));
  for (const Outgoing::Attached& attached : mail.attachments)
    parts.push_back(attachment_part(attached));
  return multipart("mixed", parts);
}

bool is_atom_character(unsigned char c) {
  return c > 0x20 && c != 0x7F &&
         std::string_view("()<>[]:;@\\,\"").find(static_cast<char>(c)) == std::string_view::npos;
}

/// local@domain in dot-atoms: what mail servers take. A quoted local part is legal and unused.
bool is_deliverable(std::string_view email) {
  constexpr std::size_t kLocalMax = 64;
  constexpr std::size_t kEmailMax = 254;
  const std::size_t at = email.rfind('@');
  if (at == std::string_view::npos || at == 0 || at > kLocalMax || email.size() > kEmailMax)
    return false;
  for (const std::string_view side : {email.substr(0, at), email.substr(at + 1)}) {
    if (side.empty() || side.front() == '.' || side.back() == '.') return false;
    if (side.find("..") != std::string_view::npos) return false;
    if (!std::ranges::all_of(side, is_atom_character)) return false;
  }
  return true;
}

}  // namespace

std::string write_mail(const Outgoing& mail) {
  start_gmime();
  const Ref<GMimeMessage> message(g_mime_message_new(TRUE));
  set_date(message.get(), mail.date);
  if (mail.from) add_addresses(message.get(), GMIME_ADDRESS_TYPE_FROM, {*mail.from});
  add_addresses(message.get(), GMIME_ADDRESS_TYPE_TO, mail.to);
  add_addresses(message.get(), GMIME_ADDRESS_TYPE_CC, mail.cc);
  add_addresses(message.get(), GMIME_ADDRESS_TYPE_BCC, mail.bcc);
  g_mime_message_set_subject(message.get(), one_line(mail.subject).c_str(), kCharset);
  set_threading(message.get(), mail);
  g_mime_object_set_header(GMIME_OBJECT(message.get()), "MIME-Version", "1.0", kCharset);
  g_mime_message_set_mime_part(message.get(), body_of(mail).get());
  struct FreeFormat {
    void operator()(GMimeFormatOptions* options) const { g_mime_format_options_free(options); }
  };
  const std::unique_ptr<GMimeFormatOptions, FreeFormat> format(g_mime_format_options_new());
  g_mime_format_options_set_newline_format(format.get(), GMIME_NEWLINE_FORMAT_DOS);
  const Ref<GMimeStream> out(g_mime_stream_mem_new());
  g_mime_object_write_to_stream(GMIME_OBJECT(message.get()), format.get(), out.get());
  const GByteArray* bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(out.get()));
  return {reinterpret_cast<const char*>(bytes->data), bytes->len};
}

std::string new_message_id(const std::string& domain) {
  start_gmime();
  const CString id(g_mime_utils_generate_message_id(domain.c_str()));
  return id.get();
}

std::optional<Mail::Address> parse_address(std::string_view text) {
  start_gmime();
  if (text.find_first_of("\r\n") != std::string_view::npos || !is_utf8(text)) return std::nullopt;
  const ParserOptions options = tolerant_options();
  const Ref<InternetAddressList> list(
      internet_address_list_parse(options.get(), std::string(text).c_str()));
  if (!list || internet_address_list_length(list.get()) != 1) return std::nullopt;
  InternetAddress* one = internet_address_list_get_address(list.get(), 0);
  if (!INTERNET_ADDRESS_IS_MAILBOX(one)) return std::nullopt;
  Mail::Address address{
      .name = one_line(view(internet_address_get_name(one))),
      .email = one_line(view(internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(one))))};
  // The parser mends what it can; an address that it had to mend is not the one that was meant.
  const std::string line = one_line(text);
  const bool as_written = line == address.email || line.ends_with("<" + address.email + ">");
  return as_written && is_deliverable(address.email) ? std::optional(address) : std::nullopt;
}

}  // namespace email
