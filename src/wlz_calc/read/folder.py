def read_programme(folder): raise NotImplementedError
