#include "protocol/schema/uri.hpp"

#include <cstddef>
#include <cstdlib>

namespace schema {
namespace {

struct Parts {
  std::string_view scheme{};     // With its ':'.
  std::string_view authority{};  // With its "//".
  std::string_view path{};
  std::string_view query{};  // With its '?'.
};

Parts parts_of(std::string_view uri) {
  Parts parts;
  const std::size_t colon = uri.find(':');
  if (colon != std::string_view::npos && colon > 0 && uri.find_first_of("/?") > colon) {
    parts.scheme = uri.substr(0, colon + 1);
    uri.remove_prefix(colon + 1);
  }
  if (uri.starts_with("//")) {
    parts.authority = uri.substr(0, uri.find_first_of("/?", 2));
    uri.remove_prefix(parts.authority.size());
  }
  parts.path = uri.substr(0, uri.find('?'));
  parts.query = uri.substr(parts.path.size());
  return parts;
}

std::string without_dots(std::string_view path) {
  std::string out;
  while (!path.empty()) {
    const std::size_t end = path.find('/', 1);
    const std::string_view segment = path.substr(0, end);
    path = end == std::string_view::npos ? std::string_view() : path.substr(end);
    if (segment == "/.." || segment == "..") {
      const std::size_t last = out.rfind('/');
      out.erase(last == std::string::npos ? 0 : last);
      if (path.empty()) out.push_back('/');
    } else if (segment == "/." || segment == ".") {
      if (path.empty()) out.push_back('/');
    } else {
      out.append(segment);
    }
  }
  return out;
}

std::string merged(const Parts& base, std::string_view path) {
  if (!base.authority.empty() && base.path.empty()) return "/" + std::string(path);
  const std::size_t last = base.path.rfind('/');
  if (last == std::string_view::npos) return std::string(path);
  return std::string(base.path.substr(0, last + 1)) + std::string(path);
}

std::string joined(std::string_view scheme, std::string_view authority, std::string_view path,
                   std::string_view query) {
  std::string uri(scheme);
  uri.append(authority).append(path).append(query);
  return uri;
}

}  // namespace

std::string resolve_uri(std::string_view base, std::string_view reference) {
  const std::size_t hash = reference.find('#');
  const std::string fragment(hash == std::string_view::npos ? "" : reference.substr(hash));
  const Parts to = parts_of(reference.substr(0, hash));
  const Parts from = parts_of(base.substr(0, base.find('#')));
  if (!to.scheme.empty()) {
    const std::string path =
        to.path.starts_with('/') ? without_dots(to.path) : std::string(to.path);
    return joined(to.scheme, to.authority, path, to.query) + fragment;
  }
  if (!to.authority.empty()) {
    return joined(from.scheme, to.authority, without_dots(to.path), to.query) + fragment;
  }
  if (to.path.empty()) {
    return joined(from.scheme, from.authority, from.path,
                  to.query.empty() ? from.query : to.query) +
           fragment;
  }
  const std::string path = to.path.starts_with('/') ? std::string(to.path) : merged(from, to.path);
  return joined(from.scheme, from.authority, without_dots(path), to.query) + fragment;
}

std::pair<std::string, std::string> split_fragment(std::string_view uri) {
  const std::size_t hash = uri.find('#');
  if (hash == std::string_view::npos) return {std::string(uri), ""};
  std::string fragment;
  for (std::size_t i = hash + 1; i < uri.size(); ++i) {
    const auto is_hex = [&](std::size_t at) {
      return at < uri.size() &&
             std::string_view("0123456789abcdefABCDEF").find(uri[at]) != std::string_view::npos;
    };
    if (uri[i] == '%' && is_hex(i + 1) && is_hex(i + 2)) {
      const std::string digits(uri.substr(i + 1, 2));
      fragment.push_back(static_cast<char>(std::strtol(digits.c_str(), nullptr, 16)));
      i += 2;
    } else {
      fragment.push_back(uri[i]);
    }
  }
  return {std::string(uri.substr(0, hash)), fragment};
}

}  // namespace schema
