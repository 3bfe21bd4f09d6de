#include "servers/email/mime/parts.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "servers/email/mime/html.hpp"
#include "servers/email/mime/layout.hpp"
#include "servers/email/mime/utf8.hpp"

namespace email {
namespace {

constexpr int kPartDepthMax = 50;
constexpr std::size_t kPartsMax = 1000;
constexpr std::size_t kTextMax = 4 * 1024 * 1024;
constexpr std::size_t kHtmlMax = 1024 * 1024;
constexpr std::size_t kCalendarMax = 1024 * 1024;
constexpr std::size_t kNameMax = 255;
constexpr std::size_t kMimeTypeMax = 100;

/// What one branch of the tree says, once as plain text and once as its HTML reads.
struct Texts {
  std::string plain;
  std::string from_html;
};

bool says_nothing(std::string_view text) {
  return text.find_first_not_of(" \t\n") == std::string_view::npos;
}

std::string to_lower(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), [](char c) { return g_ascii_tolower(c); });
  return out;
}

/// What is not of the form "type/subtype" means text/plain (RFC 2045, 5.2).
std::string mime_type_of(GMimeObject* part) {
  GMimeContentType* type = g_mime_object_get_content_type(part);
  const std::string_view header = view(g_mime_object_get_header(part, "Content-Type"));
  const bool broken =
      !header.empty() && header.substr(0, header.find(';')).find('/') == std::string_view::npos;
  if (type == nullptr || broken) return "text/plain";
  const CString name(g_mime_content_type_get_mime_type(type));
  return clean_line(to_lower(view(name.get())), kMimeTypeMax);
}

/// As the sender named it (disposition before content type; RFC 2231 or RFC 2047), or "".
std::string given_name(GMimeObject* part) {
  if (GMIME_IS_PART(part) && g_mime_part_get_filename(GMIME_PART(part)) != nullptr)
    return clean_line(view(g_mime_part_get_filename(GMIME_PART(part))), kNameMax);
  for (const char* parameter : {"filename", "name"}) {
    const char* value = g_mime_object_get_content_disposition_parameter(part, parameter);
    if (value == nullptr) value = g_mime_object_get_content_type_parameter(part, parameter);
    if (value != nullptr) return clean_line(view(value), kNameMax);
  }
  return {};
}

/// A message within the message goes by its subject where it has no other name.
std::string name_of(GMimeObject* part) {
  std::string name = given_name(part);
  if (!name.empty() || !GMIME_IS_MESSAGE_PART(part)) return name;
  GMimeMessage* inner = g_mime_message_part_get_message(GMIME_MESSAGE_PART(part));
  const std::string subject =
      inner == nullptr ? "" : clean_line(view(g_mime_message_get_subject(inner)), kNameMax - 4);
  return (subject.empty() ? "message" : subject) + ".eml";
}

std::string written(GMimeObject* object) {
  const Ref<GMimeStream> out(g_mime_stream_mem_new());
  g_mime_object_write_to_stream(object, nullptr, out.get());
  const GByteArray* bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(out.get()));
  return {reinterpret_cast<const char*>(bytes->data), bytes->len};
}

std::string content_of(GMimeObject* part, std::size_t max_bytes) {
  if (GMIME_IS_PART(part)) return decoded_content(GMIME_PART(part), max_bytes);
  if (!GMIME_IS_MESSAGE_PART(part)) return written(part).substr(0, max_bytes);
  GMimeMessage* inner = g_mime_message_part_get_message(GMIME_MESSAGE_PART(part));
  return inner == nullptr ? "" : written(GMIME_OBJECT(inner)).substr(0, max_bytes);
}

std::int64_t size_of(GMimeObject* part) {
  if (GMIME_IS_PART(part)) return decoded_size(GMIME_PART(part));
  return static_cast<std::int64_t>(content_of(part, std::string::npos).size());
}

std::string parameter(GMimeObject* part, const char* name) {
  return to_lower(view(g_mime_object_get_content_type_parameter(part, name)));
}

class Walk {
 public:
  explicit Walk(Mail& mail) : mail_(mail) {}

  /// `attached` collects the parts themselves, in the order of mail.attachments.
  std::vector<GMimeObject*> attached;

  Texts read(GMimeObject* part, int depth) {
    if (depth > kPartDepthMax)
      return cut("parts nested deeper than " + std::to_string(kPartDepthMax));
    if (parts_++ >= kPartsMax) return cut("parts after the first " + std::to_string(kPartsMax));
    if (!GMIME_IS_MULTIPART(part)) return read_leaf(part);
    const bool alternative = mime_type_of(part) == "multipart/alternative";
    GMimeMultipart* multipart = GMIME_MULTIPART(part);
    const int count = g_mime_multipart_get_count(multipart);
    if (count == 0)
      return {.plain = clean_text(view(g_mime_multipart_get_prologue(multipart))), .from_html = {}};
    std::vector<Texts> children;
    for (int i = 0; i < count && parts_ <= kPartsMax; ++i)
      children.push_back(read(g_mime_multipart_get_part(multipart, i), depth + 1));
    return alternative ? best_of(std::move(children)) : joined(std::move(children));
  }

 private:
  Texts cut(const std::string& what) {
    const std::string sentence = what + " were left out";
    if (std::ranges::find(mail_.cut, sentence) == mail_.cut.end()) mail_.cut.push_back(sentence);
    return {};
  }

  static Texts best_of(std::vector<Texts> children) {
    Texts out;
    for (Texts& child : children) {
      if (says_nothing(out.plain)) out.plain = std::move(child.plain);
      if (!says_nothing(child.from_html)) out.from_html = std::move(child.from_html);
    }
    return out;
  }

  static Texts joined(std::vector<Texts> children) {
    std::erase_if(children, [](const Texts& child) {
      return says_nothing(child.plain) && says_nothing(child.from_html);
    });
    if (children.size() == 1) return std::move(children.front());
    Texts out;
    for (const Texts& child : children) {
      if (!out.plain.empty()) out.plain += out.plain.ends_with('\n') ? "\n" : "\n\n";
      out.plain += says_nothing(child.plain) ? child.from_html : child.plain;
    }
    return out;
  }

  Texts read_leaf(GMimeObject* part) {
    const std::string type = mime_type_of(part);
    const bool is_attachment = to_lower(view(g_mime_object_get_disposition(part))) == "attachment";
    const std::string name = name_of(part);
    if (is_calendar(type, name)) read_calendar(part);
    if (type == "text/calendar" && !is_attachment && name.empty()) return {};
    const bool is_text =
        type.starts_with("text/") && GMIME_IS_PART(part) && type != "text/calendar";
    const bool is_body = is_text && !is_attachment && (name.empty() || !has_text_);
    if (!is_body) {
      attached.push_back(part);
      mail_.attachments.push_back({.name = name, .mime_type = type, .size = size_of(part)});
      return {};
    }
    has_text_ = true;
    return type == "text/html" ? read_html_part(part) : read_plain_part(part);
  }

  static bool is_calendar(std::string_view type, std::string_view name) {
    return type == "text/calendar" || type == "application/ics" ||
           (type == "application/octet-stream" && name.ends_with(".ics"));
  }

  void read_calendar(GMimeObject* part) {
    if (!mail_.calendar.empty() || !GMIME_IS_PART(part)) return;
    const std::string charset = parameter(part, "charset");
    const std::string bytes = decoded_content(GMIME_PART(part), kCalendarMax);
    mail_.calendar = clean_text(to_utf8(bytes, charset.empty() ? "utf-8" : charset));
  }

  std::string text_of(GMimeObject* part, std::size_t max_bytes) {
    const std::string bytes = decoded_content(GMIME_PART(part), max_bytes + 1);
    if (bytes.size() > max_bytes)
      cut("text after " + std::to_string(max_bytes) + " bytes of a part");
    return clean_text(
        to_utf8(std::string_view(bytes).substr(0, max_bytes), parameter(part, "charset")));
  }

  Texts read_plain_part(GMimeObject* part) {
    std::string text = text_of(part, kTextMax);
    if (parameter(part, "format") == "flowed")
      text = unflowed(text, parameter(part, "delsp") == "yes");
    return {.plain = std::move(text), .from_html = {}};
  }

  Texts read_html_part(GMimeObject* part) {
    HtmlText html = read_html(text_of(part, kHtmlMax));
    mail_.has_html = true;
    mail_.has_hidden_text = mail_.has_hidden_text || html.has_hidden_text;
    if (html.simplified)
      mail_.cut.emplace_back("the HTML is nested too deeply: its tags were only cut out");
    mail_.links.insert(mail_.links.end(), html.links.begin(), html.links.end());
    return {.plain = {}, .from_html = std::move(html.text)};
  }

  Mail& mail_;
  std::size_t parts_{};
  bool has_text_{};
};

}  // namespace

void read_parts(GMimeMessage* message, Mail& mail) {
  GMimeObject* root = g_mime_message_get_mime_part(message);
  if (root == nullptr) return;
  Walk walk(mail);
  Texts texts = walk.read(root, 0);
  mail.text_from_html = says_nothing(texts.plain) && !says_nothing(texts.from_html);
  std::string& text = mail.text_from_html ? texts.from_html : texts.plain;
  mail.text = std::string(utf8_prefix(text, kTextMax));
  if (mail.text.size() < text.size())
    mail.cut.push_back("text after " + std::to_string(kTextMax) + " bytes was left out");
}

std::optional<std::string> attachment_content(GMimeMessage* message, std::size_t index,
                                              std::size_t max_bytes) {
  GMimeObject* root = g_mime_message_get_mime_part(message);
  if (root == nullptr) return std::nullopt;
  Mail mail;
  Walk walk(mail);
  walk.read(root, 0);
  if (index >= walk.attached.size()) return std::nullopt;
  if (static_cast<std::size_t>(mail.attachments[index].size) > max_bytes) return std::nullopt;
  return content_of(walk.attached[index], max_bytes);
}

}  // namespace email
