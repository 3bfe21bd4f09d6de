// The keywords that judge a value by itself.
#include <algorithm>
#include <cmath>
#include <string>

#include "protocol/schema/evaluation.hpp"

namespace schema {
namespace {

using Json = nlohmann::json;

constexpr double kExactMax = 9007199254740992.0;  // 2^53: above, every double is whole.
constexpr std::size_t kShownMax = 200;            // Bytes of a value in a message.

bool is_whole(const Json& value) {
  if (value.is_number_integer()) return true;
  return value.is_number() && std::floor(value.get<double>()) == value.get<double>();
}

bool is_of(const Json& value, const std::string& type) {
  if (type == "integer") return is_whole(value);
  if (type == "number") return value.is_number();
  return type == value.type_name();
}

std::string shown(const Json& value) {
  std::string text = value.dump(-1, ' ', false, Json::error_handler_t::replace);
  if (text.size() <= kShownMax) return text;
  std::size_t end = kShownMax;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0U) == 0x80U) --end;
  return text.substr(0, end) + "...";
}

std::size_t code_points(const std::string& text) {
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U; }));
}

bool is_multiple(const Json& value, const Json& of) {
  if (value.is_number_integer() && of.is_number_integer()) {
    const auto divisor = of.get<std::int64_t>();
    if (value.is_number_unsigned())
      return divisor > 0 && value.get<std::uint64_t>() % static_cast<std::uint64_t>(divisor) == 0;
    return divisor > 0 && value.get<std::int64_t>() % divisor == 0;
  }
  const double number = value.get<double>();
  const double divisor = of.get<double>();
  if (divisor <= 0) return false;
  if (is_whole(value) && std::remainder(1 / divisor, 1) == 0) return true;  // As 1e-8 divides 1.
  const double rest = std::abs(std::remainder(number, divisor));
  if (std::abs(number) / divisor > kExactMax) return rest == 0;
  // Neither 4.02 nor 0.01 is exact in binary; what their rounding makes of the rest is forgiven.
  return rest <= std::abs(number) * 1e-15 + divisor * 1e-12;
}

bool has_twins(const Json& array) {
  std::vector<const Json*> sorted;
  sorted.reserve(array.size());
  for (const Json& each : array) sorted.push_back(&each);
  std::ranges::sort(sorted, [](const Json* a, const Json* b) { return *a < *b; });
  return std::ranges::adjacent_find(
             sorted, [](const Json* a, const Json* b) { return *a == *b; }) != sorted.end();
}

std::string type_list(const Json& types) {
  if (types.is_string()) return types.get<std::string>();
  std::string text;
  for (const Json& each : types) {
    if (!each.is_string()) continue;
    text.append(text.empty() ? "" : " or ").append(each.get_ref<const std::string&>());
  }
  return text;
}

}  // namespace

bool Evaluation::assertions(const Site& site) {
  bool good = type_and_values(site);
  if (site.instance.is_number()) good = numbers(site) && good;
  if (site.instance.is_string()) good = strings(site) && good;
  if (site.instance.is_structured()) good = sizes(site) && good;
  return good;
}

bool Evaluation::type_and_values(const Site& site) {
  bool good = true;
  if (const Json* const type = member(site.schema, "type")) {
    const auto fits = [&](const Json& each) {
      return each.is_string() && is_of(site.instance, each.get_ref<const std::string&>());
    };
    if (type->is_array() ? std::ranges::none_of(*type, fits) : type->is_string() && !fits(*type))
      good =
          fail(site, "type", "expected " + type_list(*type) + ", got " + site.instance.type_name());
  }
  const Json* const values = member(site.schema, "enum");
  if (values != nullptr && values->is_array() &&
      std::ranges::find(*values, site.instance) == values->end())
    good = fail(site, "enum", shown(site.instance) + " is none of " + shown(*values));
  if (const Json* const value = member(site.schema, "const");
      value != nullptr && *value != site.instance)
    good = fail(site, "const", "expected " + shown(*value) + ", got " + shown(site.instance));
  return good;
}

bool Evaluation::numbers(const Site& site) {
  struct Bound {
    const char* key;
    bool (*holds)(const Json& value, const Json& limit);
    const char* words;
  };
  static constexpr Bound kBounds[] = {
      {"minimum", [](const Json& v, const Json& l) { return v >= l; }, "is below "},
      {"maximum", [](const Json& v, const Json& l) { return v <= l; }, "is above "},
      {"exclusiveMinimum", [](const Json& v, const Json& l) { return v > l; }, "is not above "},
      {"exclusiveMaximum", [](const Json& v, const Json& l) { return v < l; }, "is not below "},
      {"multipleOf", is_multiple, "is no multiple of "},
  };
  bool good = true;
  for (const Bound& bound : kBounds) {
    const Json* const limit = member(site.schema, bound.key);
    if (limit == nullptr || !limit->is_number() || bound.holds(site.instance, *limit)) continue;
    good = fail(site, bound.key, shown(site.instance) + " " + bound.words + shown(*limit));
  }
  return good;
}

bool Evaluation::strings(const Site& site) {
  const auto& text = site.instance.get_ref<const std::string&>();
  const Json* const least = member(site.schema, "minLength");
  const Json* const most = member(site.schema, "maxLength");
  bool good = true;
  if (least != nullptr || most != nullptr) {
    const std::size_t length = code_points(text);
    if (least != nullptr && least->is_number() && Json(length) < *least)
      good = fail(site, "minLength",
                  std::to_string(length) + " characters, at least " + shown(*least) + " needed");
    if (most != nullptr && most->is_number() && Json(length) > *most)
      good = fail(site, "maxLength",
                  std::to_string(length) + " characters, at most " + shown(*most) + " allowed");
  }
  if (const Json* const pattern = member(site.schema, "pattern");
      pattern != nullptr && pattern->is_string()) {
    bool judged = true;
    if (!matches(pattern->get_ref<const std::string&>(), text, judged))
      good = fail(site, "pattern", shown(site.instance) + " does not match " + shown(*pattern));
  }
  return good;
}

bool Evaluation::sizes(const Site& site) {
  const bool object = site.instance.is_object();
  const char* const least_key = object ? "minProperties" : "minItems";
  const char* const most_key = object ? "maxProperties" : "maxItems";
  const char* const words = object ? " members, " : " items, ";
  const Json size = site.instance.size();
  bool good = true;
  if (const Json* const least = member(site.schema, least_key);
      least != nullptr && least->is_number() && size < *least)
    good = fail(site, least_key, shown(size) + words + "at least " + shown(*least) + " needed");
  if (const Json* const most = member(site.schema, most_key);
      most != nullptr && most->is_number() && size > *most)
    good = fail(site, most_key, shown(size) + words + "at most " + shown(*most) + " allowed");
  if (const Json* const required = member(site.schema, "required");
      object && required != nullptr && required->is_array()) {
    for (const Json& each : *required) {
      if (each.is_string() && !site.instance.contains(each.get_ref<const std::string&>()))
        good = fail(site, "required", "\"" + each.get<std::string>() + "\" is missing");
    }
  }
  if (const Json* const unique = member(site.schema, "uniqueItems");
      !object && unique != nullptr && *unique == true && has_twins(site.instance))
    good = fail(site, "uniqueItems", "two items are equal");
  return good;
}

}  // namespace schema
