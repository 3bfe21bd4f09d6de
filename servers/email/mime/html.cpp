#include "servers/email/mime/html.hpp"

#include <gumbo.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <memory>
#include <optional>

#include "servers/email/mime/html_cost.hpp"
#include "servers/email/mime/utf8.hpp"

namespace email {
namespace {

constexpr std::size_t kLinksMax = 200;
constexpr std::size_t kLinkTextMax = 200;
constexpr std::size_t kUrlMax = 2000;

std::string lower(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

std::string_view trim(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r\n";
  const std::size_t first = text.find_first_not_of(kBlank);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

std::string_view attribute(const GumboElement& element, const char* name) {
  const GumboAttribute* found = gumbo_get_attribute(&element.attributes, name);
  return found == nullptr ? std::string_view() : std::string_view(found->value);
}

bool is_skipped(GumboTag tag) {
  return tag == GUMBO_TAG_SCRIPT || tag == GUMBO_TAG_STYLE || tag == GUMBO_TAG_HEAD ||
         tag == GUMBO_TAG_TEMPLATE || tag == GUMBO_TAG_NOSCRIPT || tag == GUMBO_TAG_OBJECT ||
         tag == GUMBO_TAG_TEXTAREA || tag == GUMBO_TAG_SELECT;
}

/// How many line breaks stand around an element: 0 for inline ones, 2 leaves an empty line.
int breaks_of(GumboTag tag) {
  switch (tag) {
    case GUMBO_TAG_P:
    case GUMBO_TAG_H1:
    case GUMBO_TAG_H2:
    case GUMBO_TAG_H3:
    case GUMBO_TAG_H4:
    case GUMBO_TAG_H5:
    case GUMBO_TAG_H6:
    case GUMBO_TAG_BLOCKQUOTE:
    case GUMBO_TAG_PRE:
    case GUMBO_TAG_HR:
      return 2;
    case GUMBO_TAG_DIV:
    case GUMBO_TAG_LI:
    case GUMBO_TAG_UL:
    case GUMBO_TAG_OL:
    case GUMBO_TAG_TABLE:
    case GUMBO_TAG_TR:
    case GUMBO_TAG_DT:
    case GUMBO_TAG_DD:
    case GUMBO_TAG_CENTER:
    case GUMBO_TAG_SECTION:
    case GUMBO_TAG_ARTICLE:
    case GUMBO_TAG_HEADER:
    case GUMBO_TAG_FOOTER:
    case GUMBO_TAG_ADDRESS:
    case GUMBO_TAG_FORM:
    case GUMBO_TAG_TITLE:
      return 1;
    default:
      return 0;
  }
}

/// Zero of any unit: "0", "0px", "0.0em".
bool is_zero(std::string_view value) {
  bool digit = false;
  for (const char c : value) {
    if (c >= '1' && c <= '9') return false;
    if (c == '0') digit = true;
  }
  return digit;
}

bool hides(std::string_view property, std::string_view value) {
  if (property == "display") return value.starts_with("none");
  if (property == "visibility") return value.starts_with("hidden");
  if (property == "mso-hide") return value.starts_with("all");
  if (property == "font-size" || property == "opacity" || property == "max-height" ||
      property == "max-width")
    return is_zero(value);
  return false;
}

bool is_hidden(const GumboElement& element) {
  if (gumbo_get_attribute(&element.attributes, "hidden") != nullptr) return true;
  const std::string style = lower(attribute(element, "style"));
  std::string_view rest = style;
  while (!rest.empty()) {
    const std::string_view declaration = rest.substr(0, rest.find(';'));
    rest.remove_prefix(std::min(rest.size(), declaration.size() + 1));
    const std::size_t colon = declaration.find(':');
    if (colon == std::string_view::npos) continue;
    if (hides(trim(declaration.substr(0, colon)), trim(declaration.substr(colon + 1)))) return true;
  }
  return false;
}

/// Characters that senders of newsletters use as invisible padding.
bool is_invisible(char32_t code) {
  return code == 0x200B || code == 0x00AD || code == 0x034F || code == 0x2060 || code == 0x180E;
}

/// Builds the text: blanks collapse, breaks are owed until the next word, quotes are a prefix.
class Writer {
 public:
  void owe_breaks(int count) { owed_breaks_ = std::max(owed_breaks_, count); }
  void line_break() {
    if (!text_.empty()) ++owed_breaks_;
  }
  void owe_blank() { owed_blank_ = true; }
  void enter_quote() { ++quotes_; }
  void leave_quote() { --quotes_; }

  void words(std::string_view text, bool keep_blanks) {
    while (!text.empty()) {
      const char32_t code = take_code_point(text);
      if (is_invisible(code)) continue;
      const bool blank =
          code == ' ' || code == '\t' || code == '\r' || code == '\n' || code == 0xA0;
      if (keep_blanks && code == '\n') {
        line_break();
      } else if (blank && !keep_blanks) {
        owe_blank();
      } else {
        settle();
        append_code_point(text_, code);
      }
    }
  }
  std::size_t size() const { return text_.size(); }
  std::string_view since(std::size_t start) const { return std::string_view(text_).substr(start); }
  std::string take() { return std::move(text_); }

 private:
  void settle() {
    constexpr int kBreaksMax = 2;
    if (!text_.empty() && owed_breaks_ > 0) {
      text_ += '\n';
      for (int i = 1; i < std::min(owed_breaks_, kBreaksMax); ++i) {
        mark_quotes(std::min(quotes_, quotes_before_));
        text_ += '\n';
      }
    }
    if (text_.empty() || owed_breaks_ > 0) {
      mark_quotes(quotes_);
    } else if (owed_blank_) {
      text_ += ' ';
    }
    quotes_before_ = quotes_;
    owed_breaks_ = 0;
    owed_blank_ = false;
  }
  void mark_quotes(int depth) {
    constexpr int kQuotesMax = 8;
    for (int i = 0; i < std::min(depth, kQuotesMax); ++i) text_ += "> ";
  }

  std::string text_;
  int owed_breaks_{};
  bool owed_blank_{};
  int quotes_{};
  int quotes_before_{};  ///< Of the last words.
};

class Reader {
 public:
  explicit Reader(HtmlText& out) : out_(out) {}

  void read(const GumboNode& node, bool preformatted) {
    if (node.type == GUMBO_NODE_TEXT || node.type == GUMBO_NODE_WHITESPACE ||
        node.type == GUMBO_NODE_CDATA)
      writer_.words(node.v.text.text, preformatted);
    if (node.type == GUMBO_NODE_ELEMENT) read_element(node.v.element, preformatted);
    if (node.type == GUMBO_NODE_DOCUMENT) read_children(node.v.document.children, preformatted);
  }
  void finish() { out_.text = clean_text(writer_.take()); }

 private:
  void read_children(const GumboVector& children, bool preformatted) {
    for (unsigned i = 0; i < children.length; ++i)
      read(*static_cast<const GumboNode*>(children.data[i]), preformatted);
  }

  void read_element(const GumboElement& element, bool preformatted) {
    if (is_skipped(element.tag)) return;
    if (is_hidden(element)) {
      out_.has_hidden_text = out_.has_hidden_text || has_words(element.children);
      return;
    }
    if (element.tag == GUMBO_TAG_BR) return writer_.line_break();
    if (element.tag == GUMBO_TAG_IMG) return writer_.words(attribute(element, "alt"), false);
    const int breaks = breaks_of(element.tag);
    const bool quote = element.tag == GUMBO_TAG_BLOCKQUOTE;
    writer_.owe_breaks(breaks);
    if (element.tag == GUMBO_TAG_TD || element.tag == GUMBO_TAG_TH) writer_.owe_blank();
    if (quote) writer_.enter_quote();
    if (element.tag == GUMBO_TAG_LI) writer_.words("- ", true);
    const std::size_t start = writer_.size();
    read_children(element.children, preformatted || element.tag == GUMBO_TAG_PRE);
    if (element.tag == GUMBO_TAG_A) add_link(element, writer_.since(start));
    if (quote) writer_.leave_quote();
    writer_.owe_breaks(breaks);
  }

  static bool has_words(const GumboVector& children) {
    for (unsigned i = 0; i < children.length; ++i) {
      const auto& child = *static_cast<const GumboNode*>(children.data[i]);
      if (child.type == GUMBO_NODE_TEXT && !trim(child.v.text.text).empty()) return true;
      if (child.type == GUMBO_NODE_ELEMENT && has_words(child.v.element.children)) return true;
    }
    return false;
  }

  void add_link(const GumboElement& element, std::string_view text) {
    const std::string url = clean_line(attribute(element, "href"), kUrlMax);
    if (url.empty() || url.starts_with('#') || out_.links.size() >= kLinksMax) return;
    Mail::Link link{.text = clean_line(text, kLinkTextMax), .url = url};
    link.mismatch = is_mismatch(link.text, link.url);
    if (std::ranges::find(out_.links, link) == out_.links.end())
      out_.links.push_back(std::move(link));
  }

  HtmlText& out_;
  Writer writer_;
};

/// What is left when the markup is too deep to be parsed: everything between tags.
std::string without_tags(std::string_view html) {
  std::string out;
  while (!html.empty()) {
    const std::size_t open = html.find('<');
    out += html.substr(0, open);
    if (open == std::string_view::npos) break;
    const std::size_t close = html.find('>', open);
    if (close == std::string_view::npos) break;
    if (!out.empty() && out.back() != '\n') out += '\n';
    html.remove_prefix(close + 1);
  }
  return clean_text(out);
}

/// "https://user@www.Example.com:443/path" -> "example.com"; nothing where there is no host.
std::string host_of(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme != std::string_view::npos) url.remove_prefix(scheme + 3);
  url = url.substr(0, url.find_first_of("/?#\\"));
  const std::size_t user = url.rfind('@');
  if (user != std::string_view::npos) url.remove_prefix(user + 1);
  url = url.substr(0, url.find(':'));
  std::string host = lower(url);
  if (host.starts_with("www.")) host.erase(0, 4);
  if (host.ends_with('.')) host.pop_back();
  return host;
}

/// A text that a reader would take for a place: one word, a dot with letters after it.
bool reads_as_host(std::string_view text) {
  if (text.find_first_of(" \t@") != std::string_view::npos) return false;
  const std::string host = host_of(text);
  const std::size_t dot = host.rfind('.');
  if (dot == std::string::npos || dot == 0 || host.size() - dot < 3) return false;
  return std::ranges::all_of(host.substr(dot + 1),
                             [](unsigned char c) { return std::isalpha(c) != 0 || c >= 0x80; });
}

bool is_within(std::string_view host, std::string_view domain) {
  return host == domain || (host.size() > domain.size() && host.ends_with(domain) &&
                            host[host.size() - domain.size() - 1] == '.');
}

}  // namespace

bool is_mismatch(std::string_view text, std::string_view url) {
  const std::string scheme = lower(url.substr(0, 8));
  if (!scheme.starts_with("http://") && !scheme.starts_with("https://")) return false;
  if (!reads_as_host(trim(text))) return false;
  const std::string shown = host_of(trim(text));
  const std::string actual = host_of(url);
  return !is_within(actual, shown) && !is_within(shown, actual);
}

HtmlText read_html(std::string_view html) {
  HtmlText out;
  if (is_costly_html(html)) {
    out.simplified = true;
    out.text = without_tags(html);
    return out;
  }
  const auto destroy = [](GumboOutput* parsed) {
    gumbo_destroy_output(&kGumboDefaultOptions, parsed);
  };
  const std::unique_ptr<GumboOutput, decltype(destroy)> parsed(
      gumbo_parse_with_options(&kGumboDefaultOptions, html.data(), html.size()), destroy);
  Reader reader(out);
  reader.read(*parsed->document, false);
  reader.finish();
  return out;
}

}  // namespace email
